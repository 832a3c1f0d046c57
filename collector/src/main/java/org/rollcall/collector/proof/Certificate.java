package org.rollcall.collector.proof;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.lowagie.text.Document;
import com.lowagie.text.Element;
import com.lowagie.text.Font;
import com.lowagie.text.Image;
import com.lowagie.text.PageSize;
import com.lowagie.text.Paragraph;
import com.lowagie.text.Phrase;
import com.lowagie.text.Rectangle;
import com.lowagie.text.pdf.PdfPCell;
import com.lowagie.text.pdf.PdfPTable;
import com.lowagie.text.pdf.PdfWriter;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.judge.ReasonText;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.paper.CjkFont;
import org.rollcall.collector.paper.NoFontException;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Registry;

/** The proof on one page (学校达标证明), for a wall or a file; its code leads to the proof. */
final class Certificate {
  private static final Color INK = new Color(0x1b, 0x24, 0x30);
  private static final Color QUIET = new Color(0x5a, 0x63, 0x70);
  private static final Color LINE = new Color(0xd9, 0xd5, 0xcb);
  private static final Color MET = new Color(0x1a, 0x7f, 0x5a);
  private static final Color NOT_MET = new Color(0xc2, 0x41, 0x0c);
  private static final Locale CHINESE = Locale.SIMPLIFIED_CHINESE;

  /** As many as a page holds. */
  private static final int MOST_RULES = 24;

  private static final int MOST_FOUND = 4;
  private static final int CODE_PIXELS = 8;

  private static final String NOT_PROVED =
      "本证明不证明:谁持有代理密钥;代理插在哪里(线索见 proof.json 的 where);设备是否就是它所说的设备;"
          + "每日摘要是否公布过。详见证明文件内 how-to-check.txt。";

  private final Statement statement;
  private final String digest;

  /**
   * @param digest SHA-256 of the statement, in hexadecimal
   */
  Certificate(Statement statement, String digest) {
    this.statement = statement;
    this.digest = digest;
  }

  /**
   * @param fontFile of the settings; null for one of the machine's
   */
  byte[] pdf(@Nullable String fontFile) throws NoFontException, IOException {
    CjkFont font = CjkFont.open(fontFile);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Document document = new Document(PageSize.A4, 48, 48, 40, 36);
    PdfWriter.getInstance(document, bytes);
    document.addTitle("学校达标情况证明 " + statement.facts().school().name());
    document.open();
    document.add(centred("学校达标情况证明", font.bold(20, INK), 2));
    document.add(centred("Proof of what was measured against the targets", font.of(10, QUIET), 12));
    document.add(facts(font));
    document.add(verdicts(font));
    document.add(found(font));
    Paragraph not = new Paragraph(13, NOT_PROVED, font.of(9, QUIET));
    not.setSpacingBefore(6);
    document.add(not);
    document.add(code(font));
    document.close();
    return bytes.toByteArray();
  }

  private static Paragraph centred(String text, Font font, float after) {
    Paragraph paragraph = new Paragraph(text, font);
    paragraph.setAlignment(Element.ALIGN_CENTER);
    paragraph.setSpacingAfter(after);
    return paragraph;
  }

  private PdfPTable facts(CjkFont font) {
    PdfPTable table = new PdfPTable(new float[] {1.1f, 3.4f, 1.1f, 3.4f});
    table.setWidthPercentage(100);
    fact(table, font, "学校", statement.facts().school().name());
    fact(table, font, "学校标识码", statement.facts().school().code());
    fact(
        table,
        font,
        "所在地区",
        statement.facts().regions().stream().map(Region::name).collect(Collectors.joining(" ")));
    fact(table, font, "判定日期", statement.at() + "(依据自 " + statement.from() + " 起的数据)");
    fact(table, font, "标准", statement.profile().title());
    fact(table, font, "标准版本", statement.profile().versions());
    fact(table, font, "校历版本", statement.calendarVersion());
    fact(
        table,
        font,
        "出具时间",
        statement.made().atZone(Registry.ZONE).toLocalDateTime().toString().replace('T', ' '));
    return table;
  }

  private static void fact(PdfPTable table, CjkFont font, String name, String value) {
    table.addCell(cell(new Phrase(12, name, font.of(9, QUIET))));
    table.addCell(cell(new Phrase(12, value, font.of(9, INK))));
  }

  private static PdfPCell cell(Phrase phrase) {
    PdfPCell cell = new PdfPCell(phrase);
    cell.setBorder(Rectangle.BOTTOM);
    cell.setBorderColor(LINE);
    cell.setPadding(2.5f);
    cell.setPaddingBottom(4);
    return cell;
  }

  private PdfPTable verdicts(CjkFont font) {
    PdfPTable table = new PdfPTable(new float[] {3.6f, 1.3f, 1.6f, 1.6f, 1.2f});
    table.setWidthPercentage(100);
    table.setSpacingBefore(10);
    for (String head : List.of("指标", "结论", "实际值", "标准值", "证据等级")) {
      table.addCell(cell(new Phrase(12, head, font.bold(9, INK))));
    }
    List<Verdict> all = statement.result().verdicts();
    List<Verdict> spoken =
        all.stream().filter(v -> v.outcome() != Verdict.Outcome.NOT_APPLICABLE).toList();
    for (Verdict verdict : spoken.subList(0, Math.min(MOST_RULES, spoken.size()))) {
      row(table, font, verdict);
    }
    int rest = all.size() - Math.min(MOST_RULES, spoken.size());
    PdfPCell last =
        cell(new Phrase(12, "另有 " + rest + " 项不适用或未列出,见 proof.json。", font.of(9, QUIET)));
    last.setColspan(5);
    table.addCell(last);
    return table;
  }

  private void row(PdfPTable table, CjkFont font, Verdict verdict) {
    Rule rule = statement.profile().rule(verdict.rule());
    String title = rule == null ? verdict.rule() : verdict.rule() + " " + rule.title();
    boolean ours = rule != null && rule.targetDefault();
    table.addCell(cell(new Phrase(12, title, font.of(9, INK))));
    String word = ProofWords.word(verdict.outcome(), CHINESE);
    String mark =
        switch (verdict.outcome()) {
          case MET -> "√ ";
          case NOT_MET -> "× ";
          default -> "";
        };
    Color colour =
        switch (verdict.outcome()) {
          case MET -> MET;
          case NOT_MET -> NOT_MET;
          default -> QUIET;
        };
    String disputed = verdict.disputed() ? "(存疑)" : "";
    table.addCell(cell(new Phrase(12, mark + word + disputed, font.bold(9, colour))));
    table.addCell(cell(new Phrase(12, number(verdict.value(), verdict.unit()), font.of(9, INK))));
    String threshold =
        number(verdict.threshold(), verdict.unit())
            + (ours && verdict.threshold() != null ? "(项目默认值)" : "");
    table.addCell(cell(new Phrase(12, threshold, font.of(9, INK))));
    boolean decided =
        verdict.outcome() == Verdict.Outcome.MET || verdict.outcome() == Verdict.Outcome.NOT_MET;
    String grade = decided ? ProofWords.word(verdict.evidence(), CHINESE) : "—";
    table.addCell(cell(new Phrase(12, grade, font.of(9, INK))));
  }

  private static String number(@Nullable Double value, String unit) {
    if (value == null) {
      return "—";
    }
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(2, RoundingMode.DOWN);
    return rounded.stripTrailingZeros().toPlainString() + (unit.isEmpty() ? "" : " " + unit);
  }

  private Paragraph found(CjkFont font) {
    ReasonText words = ProofWords.in(CHINESE);
    List<Check> checks = statement.result().checks();
    List<String> found = new ArrayList<>();
    for (Check check : checks) {
      if (check.result() == Check.Result.FOUND && found.size() < MOST_FOUND) {
        found.add(words.text(check.reason()));
      }
    }
    long unknown = checks.stream().filter(c -> c.result() == Check.Result.UNKNOWN).count();
    long all = checks.stream().filter(c -> c.result() == Check.Result.FOUND).count();
    String text =
        "防作弊核查 "
            + checks.size()
            + " 项:发现 "
            + all
            + " 项,无法判断 "
            + unknown
            + " 项。"
            + String.join("", found)
            + (statement.differs().isEmpty()
                ? ""
                : "注意:" + String.join("、", statement.differs()) + " 与系统中现行结论不同。");
    Paragraph paragraph = new Paragraph(13, text, font.of(9, INK));
    paragraph.setSpacingBefore(8);
    return paragraph;
  }

  private PdfPTable code(CjkFont font) throws IOException {
    PdfPTable table = new PdfPTable(new float[] {1.2f, 4});
    table.setWidthPercentage(100);
    table.setSpacingBefore(8);
    table.setKeepTogether(true);
    PdfPCell picture = new PdfPCell(qr(digest), true);
    picture.setBorder(Rectangle.NO_BORDER);
    table.addCell(picture);
    PdfPCell text = new PdfPCell();
    text.setBorder(Rectangle.NO_BORDER);
    text.setPaddingLeft(8);
    text.addElement(new Paragraph(13, "核验:./rollcall verify 证明文件.zip(无需联网)", font.of(9, INK)));
    text.addElement(new Paragraph(13, "proof.json 的 SHA-256(二维码内容):", font.of(9, QUIET)));
    text.addElement(new Paragraph(13, digest, font.of(9, INK)));
    text.addElement(new Paragraph(13, "服务器公钥(请与教育局公布的比对):", font.of(9, QUIET)));
    text.addElement(new Paragraph(13, statement.key(), font.of(9, INK)));
    table.addCell(text);
    return table;
  }

  /** Black squares on white, with the quiet zone. */
  private static Image qr(String text) throws IOException {
    try {
      BitMatrix code = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0);
      int side = code.getWidth() * CODE_PIXELS;
      byte[] pixels = new byte[side * side];
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          boolean black = code.get(x / CODE_PIXELS, y / CODE_PIXELS);
          pixels[y * side + x] = (byte) (black ? 0 : 0xFF);
        }
      }
      return Image.getInstance(side, side, 1, 8, pixels);
    } catch (WriterException e) {
      throw new IllegalStateException("BUG: 64 digits fit into a QR code", e);
    }
  }
}
