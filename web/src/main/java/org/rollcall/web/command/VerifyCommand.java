package org.rollcall.web.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.judge.ReasonText;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.proof.Check;
import org.rollcall.collector.proof.ProofCheck;
import org.rollcall.collector.proof.ProofCheck.Finding;
import org.rollcall.collector.proof.ProofWords;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./rollcall verify}: checks a proof with nothing but the file. */
@Command(
    name = "verify",
    description = "Checks a proof, offline, and says of each link whether it holds.",
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
  /** What a proof may be: as much as is unpacked of it at most. */
  private static final long MOST_BYTES = 256L << 20;

  private static final int KEY_DIGITS = 64;

  @Mixin private LanguageOption language = new LanguageOption();

  @Parameters(index = "0", paramLabel = "FILE.zip")
  private Path file = Path.of("");

  @Option(
      names = "--key",
      paramLabel = "HEX",
      description = "The collector's public key, as the bureau publishes it: 64 digits.")
  private @Nullable String key;

  @Override
  public Integer call() throws IOException {
    boolean chinese = language.locale().getLanguage().equals("zh");
    byte @Nullable [] expected = key == null ? null : expected(key);
    ProofCheck.Outcome outcome = ProofCheck.check(read(), expected);
    Locale locale = language.locale();
    JsonNode said = outcome.statement();
    if (said != null) {
      System.out.printf(
          "%s %s · %s · %s%n",
          said.path("school").path("code").asText(),
          said.path("school").path(chinese ? "name" : "nameEn").asText(),
          said.path("profile").path(chinese ? "title" : "titleEn").asText(),
          said.path("at").asText());
    }
    for (Finding finding : outcome.findings()) {
      System.out.printf(
          "%s %s: %s%n",
          finding.holds() ? "✔" : "✘",
          ProofWords.word(finding.link(), locale),
          ProofWords.text(finding.holds() ? "holds" : "broken", locale)
              + (finding.holds() ? "" : " — " + finding.fault()));
    }
    if (outcome.holds() && said != null) {
      tell(outcome, said, locale);
      return 0;
    }
    Finding first =
        outcome.findings().stream()
            .filter(finding -> !finding.holds())
            .findFirst()
            .orElseThrow(() -> new Fault("Nothing could be checked."));
    throw new Fault(
        (chinese ? "证明不成立:" : "The proof does not hold: ")
            + ProofWords.word(first.link(), locale)
            + (chinese ? "——" : " — ")
            + first.fault());
  }

  private static byte[] expected(String key) {
    if (key.length() != KEY_DIGITS || !key.matches("[0-9a-fA-F]+")) {
      throw new Fault("--key is 64 hexadecimal digits: the collector's public key.");
    }
    return HexFormat.of().parseHex(key);
  }

  private byte[] read() throws IOException {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new Fault(file + " is larger than any proof.");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new Fault("There is no file " + file + ".");
    }
  }

  private void tell(ProofCheck.Outcome outcome, JsonNode said, Locale locale) {
    ReasonText words = ProofWords.in(locale);
    boolean chinese = locale.getLanguage().equals("zh");
    for (Verdict verdict : outcome.verdicts()) {
      System.out.printf(
          "  %s %s (%s)%n",
          verdict.rule(),
          ProofWords.word(verdict.outcome(), locale),
          ProofWords.word(verdict.evidence(), locale));
    }
    for (Check check : outcome.checks()) {
      String mark =
          switch (check.result()) {
            case CLEAR -> "·";
            case FOUND -> "!";
            case UNKNOWN -> "?";
          };
      System.out.printf(
          "  %s %s: %s%n", mark, ProofWords.word(check.kind(), locale), words.text(check.reason()));
    }
    for (JsonNode rule : said.path("differs")) {
      System.out.printf(
          chinese ? "  ! %s 与系统当时的结论不同%n" : "  ! %s: the collector's own verdict was another%n",
          rule.asText());
    }
    if (key == null) {
      System.out.printf(
          chinese
              ? "  ? 服务器公钥 %s:请与教育局公布的比对(--key)%n"
              : "  ? The collector's key is %s: compare it with the one the bureau publishes (--key)%n",
          said.path("key").asText());
    }
    System.out.printf(chinese ? "证明成立,摘要 %s%n" : "The proof holds, digest %s%n", outcome.digest());
  }
}
