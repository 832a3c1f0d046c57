package org.rollcall.collector.accounts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.audit.Actor;

/**
 * The first account of a new server. Whoever can read the file {@code setup-code} of the data
 * folder may make it, and nobody else; there is no password to begin with. Any thread.
 */
public final class FirstRun {
  private static final String FILE = "setup-code";
  private static final int CODE_BYTES = 16;

  private final Path file;
  private final Accounts accounts;

  private FirstRun(Path file, Accounts accounts) {
    this.file = file;
    this.accounts = accounts;
  }

  /**
   * Writes a new code if there is no account yet, and takes an old one away if there is.
   *
   * @param data the server's folder, which exists
   * @throws IOException if the file cannot be written
   */
  public static FirstRun open(Path data, Accounts accounts, SecureRandom random)
      throws IOException {
    FirstRun run = new FirstRun(data.resolve(FILE), accounts);
    Files.deleteIfExists(run.file);
    if (accounts.isEmpty()) {
      byte[] code = new byte[CODE_BYTES];
      random.nextBytes(code);
      createPrivate(run.file);
      Files.writeString(
          run.file, Base64.getUrlEncoder().withoutPadding().encodeToString(code) + "\n");
    }
    return run;
  }

  private static void createPrivate(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(file); // a folder of its own protects it, as it does the server's key
    }
  }

  /** The file with the code; null when the first account has been made. */
  public @Nullable Path codeFile() {
    return isOpen() ? file : null;
  }

  /** Whether the first account is still to be made. */
  public boolean isOpen() {
    return Files.exists(file) && accounts.isEmpty();
  }

  /**
   * Makes the first account, an administrator.
   *
   * @param code as it stands in the file
   * @return what is wrong, in which case nothing was made; null if it was made
   */
  public @Nullable AccountFault make(Actor by, String code, String name, String password) {
    if (!accounts.isEmpty()) {
      return AccountFault.NOT_THE_FIRST;
    }
    if (!isCode(code)) {
      return AccountFault.WRONG_SETUP_CODE;
    }
    AccountFault fault = accounts.addFirst(by, name, password);
    if (fault == null) {
      file.toFile().delete(); // it opens nothing any more, whether it goes or not
    }
    return fault;
  }

  private boolean isCode(String code) {
    try {
      byte[] kept = Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
      return MessageDigest.isEqual(kept, code.strip().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      return false; // without the file nobody can know it
    }
  }
}
