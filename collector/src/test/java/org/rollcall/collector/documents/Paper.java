package org.rollcall.collector.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What other programs read out of our files. */
final class Paper {
  private Paper() {}

  /** The text of a PDF, by pdftotext. */
  static String text(Path folder, byte[] pdf) throws IOException, InterruptedException {
    Path file = Files.write(folder.resolve("read.pdf"), pdf);
    return run(List.of("pdftotext", "-layout", "-enc", "UTF-8", file.toString(), "-"));
  }

  /**
   * A sheet of a workbook as LibreOffice writes it as CSV, read with every cell as it is shown.
   *
   * @param sheet from 1
   */
  static String csv(Path folder, byte[] xlsx, int sheet) throws IOException, InterruptedException {
    Path file = Files.write(folder.resolve("read.xlsx"), xlsx);
    Path out = Files.createDirectories(folder.resolve("csv"));
    run(
        List.of(
            "soffice",
            "-env:UserInstallation=" + folder.resolve("office").toUri(),
            "--headless",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false," + sheet,
            "--outdir",
            out.toString(),
            file.toString()));
    try (var files = Files.list(out)) {
      Path only = files.filter(one -> one.toString().endsWith(".csv")).findFirst().orElseThrow();
      String text = Files.readString(only, StandardCharsets.UTF_8);
      Files.delete(only);
      return text;
    }
  }

  /** Takes spaces and line ends out: a cell's text is broken where its column ends. */
  static String joined(String text) {
    return text.replaceAll("\\s", "");
  }

  static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).describedAs(text).isZero();
    return text;
  }
}
