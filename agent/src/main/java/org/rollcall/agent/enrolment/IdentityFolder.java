package org.rollcall.agent.enrolment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.rollcall.agent.enrolment.EnrolmentException.Reason;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;
import org.rollcall.protocol.AgentKey;

/**
 * An agent's data folder: {@code agent-identity.yaml} says who it is, and a folder of that name
 * holds its key and its spool. Writing the identity is the last step of enrolment and one rename,
 * so that the agent is either the old one or the new one. Not thread-safe.
 */
public final class IdentityFolder {
  private static final String IDENTITY_FILE = "agent-identity.yaml";
  private static final String KEY_FILE = "key.pem";

  private final Path data;

  public IdentityFolder(Path data) {
    this.data = data;
  }

  public boolean holdsIdentity() {
    return Files.exists(data.resolve(IDENTITY_FILE));
  }

  /**
   * @throws EnrolmentException when there is none, or it cannot be used
   */
  public AgentIdentity identity() throws EnrolmentException {
    Path file = data.resolve(IDENTITY_FILE);
    if (!Files.exists(file)) {
      throw new EnrolmentException(
          Reason.NOT_ENROLLED,
          "This agent belongs to no school yet: run `rollcall agent enrol CODE` with a code from"
              + " whoever runs the server.");
    }
    try {
      return SettingsReader.read(file, AgentIdentity.class);
    } catch (SettingsException e) {
      throw new EnrolmentException(
          Reason.FILES, e.getMessage() + "\nRestore the file, or enrol again with --replace.");
    }
  }

  /**
   * The key that belongs to an identity.
   *
   * @throws EnrolmentException when it is missing, unreadable, or another agent's
   */
  public AgentKey key(AgentIdentity identity) throws EnrolmentException {
    Path file = folderOf(identity).resolve(KEY_FILE);
    try {
      AgentKey key = AgentKey.load(file);
      if (key.agentId().equals(identity.agent())) {
        return key;
      }
    } catch (IOException e) {
      throw new EnrolmentException(
          Reason.FILES,
          "The agent's key "
              + file
              + " cannot be read: restore it, or enrol again with --replace.");
    }
    throw new EnrolmentException(
        Reason.FILES,
        "The key "
            + file
            + " is not the key of agent "
            + identity.agent()
            + ": restore it, or enrol again with --replace.");
  }

  /** Where the agent's spool and refused reports lie. */
  public Path folderOf(AgentIdentity identity) {
    return data.resolve(identity.agent());
  }

  /**
   * Keeps a new identity and its key.
   *
   * @throws EnrolmentException when the folder cannot be written to
   */
  public void keep(AgentIdentity identity, AgentKey key) throws EnrolmentException {
    Path file = data.resolve(IDENTITY_FILE);
    Path part = data.resolve(IDENTITY_FILE + ".part");
    try {
      Files.createDirectories(folderOf(identity));
      key.save(folderOf(identity).resolve(KEY_FILE));
      Files.writeString(part, yaml(identity));
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw notWritable(e);
    }
  }

  /**
   * Makes sure, before a code is spent, that its outcome can be kept.
   *
   * @throws EnrolmentException when there is an identity already and it is not to be replaced, or
   *     the folder cannot be written to
   */
  public void prepare(boolean replace) throws EnrolmentException {
    if (holdsIdentity() && !replace) {
      throw new EnrolmentException(
          Reason.ALREADY_ENROLLED,
          "This agent already belongs to a school ("
              + data.resolve(IDENTITY_FILE)
              + "): add --replace to give that up.");
    }
    try {
      Files.createDirectories(data);
      Files.delete(Files.createTempFile(data, "writable", ".part"));
    } catch (IOException e) {
      throw notWritable(e);
    }
  }

  private EnrolmentException notWritable(IOException e) {
    return new EnrolmentException(
        Reason.FILES,
        "The data folder "
            + data
            + " cannot be written to ("
            + e.getClass().getSimpleName()
            + "): check its owner and permissions, or set another with data:.");
  }

  private static String yaml(AgentIdentity identity) {
    return "# Written by enrolment. Who this agent is and whom it reports to."
        + " 由注册程序写入，请勿修改。\n"
        + "host: "
        + quoted(identity.host())
        + "\nport: "
        + identity.port()
        + "\nserverKeySha256: "
        + quoted(identity.serverKeySha256())
        + "\nagent: "
        + quoted(identity.agent())
        + "\nschool: "
        + quoted(identity.school())
        + (identity.schoolName() == null ? "" : "\nschoolName: " + quoted(identity.schoolName()))
        + "\n";
  }

  private static String quoted(String text) {
    String plain = text.replaceAll("\\p{Cntrl}", " ");
    return '"' + plain.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
