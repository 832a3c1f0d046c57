package org.rollcall.web.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.evidence.EvidenceFiles;
import org.rollcall.collector.evidence.EvidenceKey;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.paper.NoFontException;
import org.rollcall.collector.proof.ProofException;
import org.rollcall.collector.proof.ProofMaker;
import org.rollcall.collector.proof.ProofWords;
import org.rollcall.collector.registry.Registry;
import org.rollcall.config.SettingsException;
import org.rollcall.protocol.AgentKey;
import org.rollcall.web.ServerSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./rollcall proof}: a school's verdicts with all that they rest on, in one file. */
@Command(
    name = "proof",
    description = "Makes a file that proves a school's verdicts; ./rollcall verify checks it.",
    mixinStandardHelpOptions = true)
final class ProofCommand implements Callable<Integer> {
  @Mixin private ConfigOption config = new ConfigOption();
  @Mixin private LanguageOption language = new LanguageOption();

  @Option(names = "--school", paramLabel = "S", required = true)
  private String school = "";

  @Option(names = "--profile", description = "Default: the one that pages show.")
  private @Nullable String profile;

  @Option(names = "--at", paramLabel = "D", description = "The date judged (default: today).")
  private @Nullable LocalDate at;

  @Option(names = "-o", paramLabel = "FILE.zip", required = true)
  private Path file = Path.of("");

  @Override
  public Integer call() throws SettingsException, IOException {
    ServerSettings settings = config.settings();
    Clock clock = Clock.systemUTC();
    ZoneId zone = Registry.ZONE;
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    LocalDate date = at == null ? today : at;
    if (date.isAfter(today)) {
      throw new Fault("--at " + date + " has not come yet.");
    }
    try (Database database = config.database(settings)) {
      AgentKey key = EvidenceKey.open(settings.data());
      ProofMaker maker =
          new ProofMaker(
              database,
              new Registry(database),
              new EvidenceFiles(EvidenceFiles.folder(settings.data()), key, clock),
              key,
              new ProofMaker.Paths(settings.targets(), settings.calendar()),
              clock);
      String by = profile == null ? settings.profile() : profile;
      ProofMaker.Made made = maker.make(school, by, date, settings.documentFont());
      Files.write(file, made.bytes());
      Recorded.note(
          database,
          "proof",
          school,
          Map.of("at", date.toString(), "profile", by, "sha256", made.sha256()));
      print(made);
    } catch (ProofException | NoFontException e) {
      throw new Fault(String.valueOf(e.getMessage()));
    }
    return 0;
  }

  private void print(ProofMaker.Made made) {
    Locale locale = language.locale();
    for (Verdict verdict : made.verdicts()) {
      System.out.printf("%s %s%n", verdict.rule(), ProofWords.word(verdict.outcome(), locale));
    }
    boolean chinese = locale.getLanguage().equals("zh");
    if (!made.differs().isEmpty()) {
      System.out.println(
          (chinese
                  ? "注意:原始证据得出的结论与现行结论不同:"
                  : "Mind: the evidence says something else than the standing verdict of: ")
              + String.join(", ", made.differs()));
    }
    System.out.printf(
        chinese ? "%s:%d 字节,摘要 %s%n" : "%s: %d bytes, digest %s%n",
        file,
        made.bytes().length,
        made.sha256());
  }
}
