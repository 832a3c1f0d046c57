package org.rollcall.collector.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.rollcall.protocol.AgentKey;

/**
 * The collector's Ed25519 key for evidence, a file of the data folder. Whoever checks a proof
 * compares its public half with the one the bureau publishes: it belongs into the backup.
 */
public final class EvidenceKey {
  private static final String FILE = "evidence-key.pem";

  private EvidenceKey() {}

  /** Where a data folder keeps it. */
  public static Path file(Path data) {
    return data.resolve(FILE);
  }

  /**
   * Loads the key, or makes it at the first start.
   *
   * @throws IOException with a sentence if the file is damaged; it is left alone
   */
  public static AgentKey open(Path data) throws IOException {
    Path file = file(data);
    if (Files.exists(file)) {
      return AgentKey.load(file);
    }
    Files.createDirectories(data);
    AgentKey key = AgentKey.generate();
    key.save(file);
    return key;
  }

  /** The public half for people: 64 hexadecimal digits. */
  public static String print(byte[] publicKey) {
    return HexFormat.of().formatHex(publicKey);
  }
}
