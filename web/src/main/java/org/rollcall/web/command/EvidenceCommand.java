package org.rollcall.web.command;

import java.io.IOException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.rollcall.collector.evidence.EvidenceFiles;
import org.rollcall.collector.evidence.EvidenceKey;
import org.rollcall.collector.evidence.SignedHead;
import org.rollcall.config.SettingsException;
import org.rollcall.protocol.AgentKey;
import org.rollcall.web.ServerSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./rollcall evidence}: the signed heads, in a form that can be mailed or printed. */
@Command(
    name = "evidence",
    description =
        "Prints the heads of the days, signed, for others to keep: a mail, a web page, a paper.",
    mixinStandardHelpOptions = true)
final class EvidenceCommand implements Callable<Integer> {
  @Mixin private ConfigOption config = new ConfigOption();

  @Option(names = "--last", paramLabel = "N", description = "The newest N days (default: 7).")
  private int last = 7;

  @Override
  public Integer call() throws SettingsException, IOException {
    ServerSettings settings = config.settings();
    AgentKey key = EvidenceKey.open(settings.data());
    List<SignedHead> heads =
        new EvidenceFiles(EvidenceFiles.folder(settings.data()), key, Clock.systemUTC()).heads();
    System.out.println("key " + HexFormat.of().formatHex(key.publicKey()));
    for (SignedHead head : heads.subList(Math.max(0, heads.size() - last), heads.size())) {
      System.out.printf(
          "%s number %d sha256 %s signature %s%n",
          head.head().day(),
          head.head().number(),
          head.head().sha256(),
          HexFormat.of().formatHex(head.signature()));
    }
    if (heads.isEmpty()) {
      System.out.println("No day is closed yet: the first head is signed after midnight.");
    }
    return 0;
  }
}
