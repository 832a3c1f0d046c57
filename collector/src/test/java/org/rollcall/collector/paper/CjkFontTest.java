package org.rollcall.collector.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lowagie.text.Document;
import com.lowagie.text.DocumentException;
import com.lowagie.text.Paragraph;
import com.lowagie.text.pdf.PdfWriter;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CjkFontTest {
  @TempDir private Path folder;

  @Test
  void whatIsWrittenCanBeCopiedOutOfThePdfAgain() throws Exception {
    Path file = folder.resolve("a.pdf");
    Files.write(file, pdf("镇中心小学 达标 ≥10 Mbps 龘"));

    assertThat(text(file)).contains("镇中心小学 达标 ≥10 Mbps 龘");
  }

  @Test
  void aFontThatIsMissingOrNoneNamesThePackage() throws IOException {
    Path none = Files.writeString(folder.resolve("no.ttf"), "this is no font");

    assertThatThrownBy(() -> CjkFont.open(folder.resolve("absent.ttf").toString()))
        .isInstanceOf(NoFontException.class)
        .hasMessageContaining("cannot be read")
        .hasMessageContaining("fonts-noto-cjk");
    assertThatThrownBy(() -> CjkFont.open(none.toString()))
        .isInstanceOf(NoFontException.class)
        .hasMessageContaining("cannot be used")
        .hasMessageContaining("fonts-noto-cjk");
  }

  private static byte[] pdf(String text) throws NoFontException, DocumentException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Document document = new Document();
    PdfWriter.getInstance(document, bytes);
    document.open();
    document.add(new Paragraph(text, CjkFont.open(null).of(11, Color.BLACK)));
    document.close();
    return bytes.toByteArray();
  }

  private static String text(Path pdf) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("pdftotext", "-layout", "-enc", "UTF-8", pdf.toString(), "-")
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).describedAs(text).isZero();
    return text;
  }
}
