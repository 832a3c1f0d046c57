package org.rollcall.collector.proof;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.evidence.EvidenceFiles;
import org.rollcall.collector.evidence.MerkleTree;
import org.rollcall.collector.evidence.SchoolRoot;
import org.rollcall.collector.evidence.SignedHead;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.ReportChain;

/**
 * Checks a proof with nothing but the file: no server, no network, no database. Every link of the
 * chain is looked at, also behind one that does not hold.
 */
public final class ProofCheck {
  private static final HexFormat HEX = HexFormat.of();

  /** Of all records together, inflated; thirty times a month of a school. */
  private static final long MOST_RECORD_BYTES = 2L << 30;

  private final ProofFile file;
  private final JsonNode said;
  private final byte[] key;
  private final List<Finding> findings = new ArrayList<>();

  /** The links, from the file to the verdict. */
  public enum Link {
    /** Every byte of the file is as the collector packed it. */
    FILE,
    /** The collector's key signed the file and its statement; the key expected, if one is. */
    SIGNATURE,
    /** Each file is the one the statement names, and there is no other. */
    CONTENTS,
    /** Each day's head is signed by the same key and names the one before. */
    HEADS,
    /** The school's records of each day are all that the head holds of it. */
    RECORDS,
    /** The agents' own numbers, hashes and seals are as stated. */
    CHAINS,
    /** The verdicts follow from the records. */
    VERDICTS,
    /** All else that is stated follows as well. */
    STATEMENT
  }

  /**
   * Whether a link holds.
   *
   * @param fault what does not hold, a sentence; null where it holds
   */
  public record Finding(Link link, @Nullable String fault) {
    public boolean holds() {
      return fault == null;
    }
  }

  /**
   * What was found.
   *
   * @param statement as the file has it; null when there is none that can be read
   * @param digest SHA-256 of the statement: what the certificate's code says
   * @param verdicts made again from the records; empty when they could not be
   * @param checks likewise
   */
  public record Outcome(
      List<Finding> findings,
      @Nullable JsonNode statement,
      String digest,
      List<Verdict> verdicts,
      List<Check> checks) {

    public boolean holds() {
      return findings.stream().allMatch(Finding::holds);
    }
  }

  /** Something of a link that does not hold. */
  private static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    Broken(String message) {
      super(message);
    }
  }

  @FunctionalInterface
  private interface Look {
    void look() throws Broken, IOException;
  }

  private ProofCheck(ProofFile file, JsonNode said) {
    this.file = file;
    this.said = said;
    this.key = HEX.parseHex(said.path("key").asText());
  }

  /**
   * Checks a file.
   *
   * @param expected the collector's raw key if it is known from elsewhere, else null
   */
  public static Outcome check(byte[] bytes, byte @Nullable [] expected) {
    try {
      ProofFile file = ProofFile.read(bytes);
      byte[] statement = file.files().get(Statement.NAME);
      if (statement == null) {
        throw new IOException("The file holds no " + Statement.NAME + ".");
      }
      return new ProofCheck(file, Statement.read(statement)).outcome(statement, expected);
    } catch (IOException | IllegalArgumentException e) {
      return new Outcome(
          List.of(new Finding(Link.FILE, String.valueOf(e.getMessage()))),
          null,
          "",
          List.of(),
          List.of());
    }
  }

  private Outcome outcome(byte[] statement, byte @Nullable [] expected) {
    look(Link.FILE, this::whole);
    look(Link.SIGNATURE, () -> signed(statement, expected));
    look(Link.CONTENTS, this::contents);
    List<SignedHead> heads = new ArrayList<>();
    look(Link.HEADS, () -> heads(heads));
    Again again = new Again();
    look(Link.RECORDS, () -> again.records(heads));
    look(Link.CHAINS, () -> again.same("agents", "what the agents' chains say"));
    look(Link.VERDICTS, () -> again.same("verdicts", "a verdict"));
    look(Link.STATEMENT, () -> again.sameBytes(statement));
    Recomputation.Result result = again.result;
    return new Outcome(
        List.copyOf(findings),
        said,
        HEX.formatHex(ReportChain.sha256(statement)),
        result == null ? List.of() : result.verdicts(),
        result == null ? List.of() : result.checks());
  }

  /** Whatever a made-up file does to us is a link that does not hold. */
  private void look(Link link, Look look) {
    try {
      look.look();
      findings.add(new Finding(link, null));
    } catch (Broken | IOException | RuntimeException e) {
      String message = e.getMessage();
      findings.add(new Finding(link, message == null ? e.getClass().getSimpleName() : message));
    }
  }

  private void whole() throws Broken {
    if (!file.isWhole()) {
      throw new Broken("The file was changed: its digest is not the one it ends with.");
    }
  }

  private void signed(byte[] statement, byte @Nullable [] expected) throws Broken {
    if (expected != null && !Arrays.equals(expected, key)) {
      throw new Broken(
          "It is signed by the key " + HEX.formatHex(key) + ", which is not the one expected.");
    }
    if (!AgentKey.verify(
        key, statement, file.files().getOrDefault(Statement.SIGNATURE, new byte[0]))) {
      throw new Broken("The signature of " + Statement.NAME + " is not by the key it names.");
    }
    if (!file.isSigned(key)) {
      throw new Broken("The file is not signed by the key that its statement names.");
    }
  }

  private void contents() throws Broken {
    Map<String, String> named = new TreeMap<>();
    said.path("files").properties().forEach(f -> named.put(f.getKey(), f.getValue().asText()));
    for (Map.Entry<String, byte[]> one : file.files().entrySet()) {
      if (one.getKey().equals(Statement.NAME)
          || one.getKey().equals(Statement.SIGNATURE)
          || one.getKey().equals(Statement.CERTIFICATE)) {
        continue;
      }
      String digest = named.remove(one.getKey());
      if (digest == null) {
        throw new Broken(one.getKey() + " is not named in the statement.");
      }
      if (!digest.equals(HEX.formatHex(ReportChain.sha256(one.getValue())))) {
        throw new Broken(one.getKey() + " is not the file the statement names.");
      }
    }
    if (!named.isEmpty()) {
      throw new Broken(named.keySet().iterator().next() + " is missing.");
    }
  }

  private void heads(List<SignedHead> heads) throws Broken, IOException {
    SignedHead before = null;
    for (JsonNode one : said.path("days")) {
      LocalDate day = LocalDate.parse(one.path("day").asText());
      SignedHead head =
          SignedHead.read(content(RecordFiles.head(day)), content(RecordFiles.signature(day)));
      if (!head.holds() || !Arrays.equals(head.head().publicKey(), key)) {
        throw new Broken("The head of " + day + " is not signed by the collector's key.");
      }
      if (!head.head().day().equals(day)) {
        throw new Broken("The head of " + day + " is of another day.");
      }
      if (before != null
          && (head.head().number() != before.head().number() + 1
              || !head.head().previous().equals(before.head().sha256()))) {
        throw new Broken(
            "The head of " + day + " does not follow that of " + before.head().day() + ".");
      }
      before = head;
      heads.add(head);
    }
    if (heads.isEmpty()) {
      throw new Broken("There is no head of any day.");
    }
  }

  private byte[] content(String name) throws IOException {
    byte[] content = file.files().get(name);
    if (content == null) {
      throw new IOException(name + " is missing.");
    }
    return content;
  }

  /** All of it made again from the records. */
  private final class Again {
    private Recomputation.@Nullable Result result;
    private @Nullable Statement statement;
    private long recordBytes;

    void records(List<SignedHead> heads) throws Broken, IOException {
      Facts facts = Facts.read(content("register.json"));
      BasisTexts basis =
          BasisTexts.read(
              file.files(),
              said.path("profile").path("id").asText(),
              said.path("oneCalendar").asBoolean());
      SchoolCalendar calendar = basis.calendars().of(facts.school(), facts.register());
      LocalDate at = LocalDate.parse(said.path("at").asText());
      Recomputation again = new Recomputation(facts, calendar, basis.profile(), at);
      List<Statement.Day> days = new ArrayList<>();
      for (SignedHead head : heads) {
        days.add(day(head, facts, again));
      }
      Recomputation.Result made = again.close();
      result = made;
      Map<String, byte[]> files = new TreeMap<>(file.files());
      files.remove(Statement.NAME);
      files.remove(Statement.SIGNATURE);
      files.remove(Statement.CERTIFICATE);
      List<String> differs = new ArrayList<>();
      said.path("differs").forEach(rule -> differs.add(rule.asText()));
      statement =
          new Statement(
              facts,
              basis.profile(),
              calendar.version(),
              said.path("oneCalendar").asBoolean(),
              at,
              again.firstDay(),
              Instant.parse(said.path("made").asText()),
              HEX.formatHex(key),
              differs,
              made,
              days,
              files);
    }

    private Statement.Day day(SignedHead head, Facts facts, Recomputation again)
        throws Broken, IOException {
      LocalDate day = head.head().day();
      long sent = 0;
      long included = 0;
      for (Facts.Entry site : facts.sites()) {
        String school = site.school().code();
        byte[] written = file.files().get(RecordFiles.place(school, day));
        if (written == null) {
          continue;
        }
        RecordFiles.Place place = RecordFiles.Place.read(written);
        sent += place.records();
        SchoolRoot root = new SchoolRoot(school, place.records(), place.root());
        if (!MerkleTree.proves(
            root.leaf(),
            place.index(),
            head.head().schools(),
            place.path().stream().map(HEX::parseHex).toList(),
            HEX.parseHex(head.head().root()))) {
          throw new Broken("School " + school + " is not in the head of " + day + " as stated.");
        }
        byte[] packed = file.files().get(RecordFiles.records(school, day));
        if (packed != null) {
          included += records(packed, root, day, again);
        }
      }
      return new Statement.Day(head, sent, included);
    }

    private long records(byte[] packed, SchoolRoot root, LocalDate day, Recomputation again)
        throws Broken, IOException {
      MerkleTree tree = new MerkleTree();
      EvidenceFiles.unpack(
          packed,
          record -> {
            byte[] leaf = record.toByteArray();
            recordBytes += leaf.length;
            if (recordBytes > MOST_RECORD_BYTES) {
              throw new IOException("The records are more than a proof can hold.");
            }
            tree.add(leaf);
            again.add(record);
          });
      if (tree.size() != root.records() || !HEX.formatHex(tree.root()).equals(root.root())) {
        throw new Broken(
            "The records of school "
                + root.school()
                + " on "
                + day
                + " are not all and only those the head holds.");
      }
      return tree.size();
    }

    private Statement made() throws Broken {
      Statement made = statement;
      if (made == null) {
        throw new Broken("It could not be made again, because the records do not hold.");
      }
      return made;
    }

    void same(String part, String what) throws Broken, IOException {
      JsonNode mine = Statement.read(made().bytes()).path(part);
      if (!mine.equals(said.path(part))) {
        throw new Broken("From the records follows another thing than " + what + " states.");
      }
    }

    void sameBytes(byte[] bytes) throws Broken {
      byte[] mine = made().bytes();
      if (!Arrays.equals(mine, bytes)) {
        throw new Broken(
            "The statement is not what follows from the rest: " + firstDifference(mine, bytes));
      }
    }
  }

  private static String firstDifference(byte[] mine, byte[] theirs) {
    List<String> own = new String(mine, StandardCharsets.UTF_8).lines().toList();
    List<String> other = new String(theirs, StandardCharsets.UTF_8).lines().toList();
    for (int i = 0; i < Math.min(own.size(), other.size()); i++) {
      if (!own.get(i).equals(other.get(i))) {
        return other.get(i).strip() + " instead of " + own.get(i).strip();
      }
    }
    return "it is longer or shorter";
  }
}
