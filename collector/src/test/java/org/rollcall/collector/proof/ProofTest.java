package org.rollcall.collector.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.evidence.EvidenceFiles;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.proof.ProofCheck.Finding;
import org.rollcall.collector.proof.ProofCheck.Link;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.v1.EvidenceRecord;

class ProofTest {
  private static final String PROFILE = "GD-2010-18";
  private static final int CHANGES = 2_000;

  @TempDir private static Path folder;
  private static SentSchool sent;
  private static ProofMaker.Made made;

  @BeforeAll
  static void make() throws Exception {
    sent = new SentSchool(folder);
    sent.month();
    sent.roll();
    made = sent.maker().make(SentSchool.CODE, PROFILE, SentSchool.AT, null);
  }

  @AfterAll
  static void close() {
    sent.close();
  }

  @Test
  void everyLinkHoldsAndTheVerdictsAreThoseOfTheJudge() {
    ProofCheck.Outcome outcome = ProofCheck.check(made.bytes(), sent.server.publicKey());

    assertThat(outcome.findings()).extracting(Finding::link).containsExactly(Link.values());
    assertThat(outcome.findings()).allMatch(Finding::holds);
    assertThat(outcome.verdicts()).isEqualTo(made.verdicts());
    assertThat(made.differs()).isEmpty();
    assertThat(outcome.verdicts())
        .filteredOn(verdict -> verdict.rule().equals("XXT-A"))
        .extracting(Verdict::outcome)
        .containsExactly(Verdict.Outcome.MET);
    assertThat(outcome.digest()).isEqualTo(made.sha256());
  }

  @Test
  void theStatementSaysWhatWasSentAndSealed() {
    JsonNode said = statement(made.bytes());
    JsonNode agent = said.path("agents").path(0);

    assertThat(said.path("agents").size()).isEqualTo(1);
    assertThat(agent.path("reports").asInt()).isEqualTo(SentSchool.DAYS * 16);
    assertThat(agent.path("sealed").asInt() + agent.path("tail").asInt())
        .isEqualTo(SentSchool.DAYS * 16);
    assertThat(agent.path("named").asBoolean()).isTrue();
    assertThat(said.path("days").size()).isEqualTo(SentSchool.DAYS);
    assertThat(said.path("days").path(SentSchool.DAYS - 1).path("closed").asBoolean()).isFalse();
    assertThat(said.path("where").path("sources").path(0).path("address").asText())
        .isEqualTo("10.7.1.1");
  }

  @Test
  void whatIsLookedForIsListedWithItsResultInBothLanguages() {
    ProofCheck.Outcome outcome = ProofCheck.check(made.bytes(), null);

    assertThat(outcome.checks()).extracting(Check::kind).containsExactly(Check.Kind.values());
    assertThat(outcome.checks()).extracting(Check::result).containsOnly(Check.Result.CLEAR);
    for (Check.Kind kind : Check.Kind.values()) {
      for (Check.Result result : Check.Result.values()) {
        Check check = Check.of(kind, result, Map.of());
        for (Locale locale : List.of(Locale.SIMPLIFIED_CHINESE, Locale.ENGLISH)) {
          assertThat(ProofWords.in(locale).pattern(check.reason().code())).isNotBlank();
          assertThat(ProofWords.in(locale).pattern(kind.name())).isNotBlank();
        }
      }
    }
  }

  @Test
  void everyChangeOfOneByteIsFound() {
    byte[] good = made.bytes();
    Random random = new Random(20261118);
    int[] places =
        IntStream.concat(
                IntStream.concat(
                    IntStream.range(0, 300), IntStream.range(0, 500).map(i -> good.length - 1 - i)),
                random.ints(CHANGES - 800, 0, good.length))
            .toArray();
    long found =
        Arrays.stream(places)
            .parallel()
            .filter(
                place -> {
                  byte[] changed = good.clone();
                  changed[place] ^= (byte) (1 << (place % 8));
                  return !ProofCheck.check(changed, null).holds();
                })
            .count();

    assertThat(found).isEqualTo(CHANGES);
  }

  @Test
  void aByteMoreOrLessIsFound() {
    byte[] good = made.bytes();
    assertThat(ProofCheck.check(Arrays.copyOf(good, good.length + 1), null).holds()).isFalse();
    assertThat(ProofCheck.check(Arrays.copyOf(good, good.length - 1), null).holds()).isFalse();
    assertThat(ProofCheck.check(new byte[0], null).holds()).isFalse();
    assertThat(ProofCheck.check(Arrays.copyOf(good, good.length / 2), null).holds()).isFalse();
  }

  /** Whoever has no key of the collector's cannot sign what he packs anew. */
  @Test
  void eachFileThatIsPackedAnewWithAnotherKeyIsFoundByItsLink() throws IOException {
    AgentKey stranger = AgentKey.generate();
    for (String name : unpacked().keySet()) {
      Map<String, byte[]> files = unpacked();
      byte[] content = files.getOrDefault(name, new byte[0]).clone();
      content[content.length / 2] ^= 1;
      files.put(name, content);
      ProofCheck.Outcome outcome =
          ProofCheck.check(ProofFile.pack(files, stranger), sent.server.publicKey());
      assertThat(outcome.holds()).as(name).isFalse();
    }
    Map<String, byte[]> files = unpacked();
    files.put("more.txt", new byte[] {1});
    assertThat(broken(ProofFile.pack(files, sent.server))).contains(Link.CONTENTS);
    files.remove("more.txt");
    files.remove(RecordFiles.records(SentSchool.CODE, SentSchool.AT.minusDays(3)));
    assertThat(broken(ProofFile.pack(files, sent.server))).contains(Link.CONTENTS, Link.STATEMENT);
  }

  @Test
  void aProofByAnotherKeyHoldsForItselfAndNotForTheKeyExpected() {
    ProofCheck.Outcome outcome = ProofCheck.check(made.bytes(), AgentKey.generate().publicKey());
    assertThat(outcome.findings())
        .filteredOn(finding -> !finding.holds())
        .extracting(Finding::link)
        .containsExactly(Link.SIGNATURE);
  }

  /** Even the collector cannot add what the agent did not seal without it being told. */
  @Test
  void aRecordThatIsChangedIsNotTheOneInTheHead() throws IOException {
    Map<String, byte[]> files = unpacked();
    LocalDate day = SentSchool.AT.minusDays(2);
    String name = RecordFiles.records(SentSchool.CODE, day);
    List<EvidenceRecord> records = new ArrayList<>();
    EvidenceFiles.unpack(files.getOrDefault(name, new byte[0]), records::add);
    records.remove(records.size() - 1);
    files.put(name, packed(records));

    assertThat(broken(ProofFile.pack(files, sent.server)))
        .contains(Link.CONTENTS, Link.RECORDS, Link.VERDICTS)
        .doesNotContain(Link.FILE, Link.SIGNATURE, Link.HEADS);
  }

  @Test
  void theCertificateIsOnePageWhoseCodeIsTheStatementsDigest() throws Exception {
    Path pdf = Files.createDirectories(Path.of("target", "proof")).resolve("certificate.pdf");
    Files.write(pdf, unpacked().getOrDefault(Statement.CERTIFICATE, new byte[0]));

    assertThat(run("pdftotext", "-layout", "-enc", "UTF-8", pdf.toString(), "-"))
        .contains("学校达标情况证明", "平湖镇中心小学", SentSchool.CODE, "达标", made.sha256());
    assertThat(run("pdfinfo", pdf.toString())).containsPattern("Pages: +1\n");
    run(
        "pdftoppm",
        "-r",
        "150",
        "-png",
        pdf.toString(),
        pdf.resolveSibling("certificate").toString());
    assertThat(code(pdf.resolveSibling("certificate-1.png"))).isEqualTo(made.sha256());
  }

  /** OpenSSL knows nothing of Rollcall. */
  @Test
  void opensslVerifiesTheSignatures() throws Exception {
    Map<String, byte[]> files = unpacked();
    Path der = folder.resolve("key.der");
    Files.write(
        der,
        HexFormat.of()
            .parseHex("302a300506032b6570032100" + statement(made.bytes()).path("key").asText()));
    String head = RecordFiles.head(SentSchool.AT.minusDays(1));
    for (String name : List.of(Statement.NAME, head)) {
      Path signed = folder.resolve("signed");
      Path signature = folder.resolve("signature");
      Files.write(signed, files.getOrDefault(name, new byte[0]));
      Files.write(signature, files.getOrDefault(name + ".sig", new byte[0]));
      assertThat(
              run(
                  "openssl",
                  "pkeyutl",
                  "-verify",
                  "-pubin",
                  "-keyform",
                  "DER",
                  "-inkey",
                  der.toString(),
                  "-rawin",
                  "-in",
                  signed.toString(),
                  "-sigfile",
                  signature.toString()))
          .contains("Signature Verified Successfully");
    }
  }

  @Test
  void whatCannotBeProvedIsSaid() {
    ProofMaker maker = sent.maker();
    assertThatThrownBy(() -> maker.make("0000000", PROFILE, SentSchool.AT, null))
        .isInstanceOf(ProofException.class)
        .hasMessageContaining("no open school 0000000");
    assertThatThrownBy(() -> maker.make(SentSchool.CODE, "NO-SUCH", SentSchool.AT, null))
        .isInstanceOf(ProofException.class)
        .hasMessageContaining("no profile NO-SUCH");
  }

  private static byte[] packed(List<EvidenceRecord> records) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
      for (EvidenceRecord record : records) {
        record.writeDelimitedTo(out);
      }
    }
    return bytes.toByteArray();
  }

  private static List<Link> broken(byte[] bytes) {
    return ProofCheck.check(bytes, null).findings().stream()
        .filter(finding -> !finding.holds())
        .map(Finding::link)
        .toList();
  }

  private static Map<String, byte[]> unpacked() throws IOException {
    return new LinkedHashMap<>(ProofFile.read(made.bytes()).files());
  }

  private static JsonNode statement(byte[] bytes) {
    JsonNode said = ProofCheck.check(bytes, null).statement();
    assertThat(said).isNotNull();
    return said == null ? com.fasterxml.jackson.databind.node.MissingNode.getInstance() : said;
  }

  /** What a QR reader that knows nothing of Rollcall reads. */
  private static String code(Path picture) throws IOException, InterruptedException {
    String read =
        run(
            "zbarimg",
            "-q",
            "--raw",
            "--nodbus",
            "-Sdisable",
            "-Sqrcode.enable",
            picture.toString());
    return read.strip();
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).describedAs(String.join(" ", command) + "\n" + told).isZero();
    return told;
  }
}
