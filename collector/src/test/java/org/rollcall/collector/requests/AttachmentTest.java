package org.rollcall.collector.requests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AttachmentTest {
  @Test
  void theContentSaysWhatAFileIs() {
    assertThat(Attachment.Type.of(Evidence.pdf(200))).isEqualTo(Attachment.Type.PDF);
    assertThat(Attachment.Type.of(Evidence.jpeg(2_000))).isEqualTo(Attachment.Type.JPEG);
    assertThat(Attachment.Type.of(Evidence.png(5_000))).isEqualTo(Attachment.Type.PNG);
  }

  @Test
  void whatSomeProgramsWriteBehindTheEndDoesNoHarm() {
    byte[] longer = Arrays.copyOf(Evidence.pdf(200), 700);
    assertThat(Attachment.Type.of(longer)).isEqualTo(Attachment.Type.PDF);
    assertThat(Attachment.Type.of(Arrays.copyOf(longer, 2_000))).as("but not much of it").isNull();
  }

  static Stream<byte[]> others() {
    return Stream.of(
        new byte[0],
        new byte[] {'%'},
        "<html><script>alert(1)</script>".getBytes(StandardCharsets.UTF_8),
        "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8),
        "MZ%PDF-1.4 %%EOF".getBytes(StandardCharsets.UTF_8),
        "GIF89a".getBytes(StandardCharsets.UTF_8),
        Arrays.copyOf(Evidence.pdf(4_000), 2_000),
        Arrays.copyOf(Evidence.jpeg(4_000), 2_000),
        Arrays.copyOf(Evidence.png(4_000), 2_000));
  }

  @ParameterizedTest
  @MethodSource("others")
  void anythingElseAndWhatIsCutShortIsNotTaken(byte[] content) {
    assertThat(Attachment.Type.of(content)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "合同.pdf, 合同.pdf",
    "../../etc/passwd, passwd",
    "..\\..\\boot.ini, boot.ini",
    "C:\\Users\\li\\照片.png, 照片.png",
    "/, -",
    ".., -",
    "'   ', -",
    "a\"b.pdf, a\"b.pdf"
  })
  void aNameIsNoPath(String given, String shown) {
    assertThat(Attachment.shown(given)).isEqualTo(shown);
  }

  @Test
  void aNameHoldsNothingThatChangesHowItReads() {
    assertThat(Attachment.shown("bill\u202Efdp.exe")).isEqualTo("billfdp.exe");
    assertThat(Attachment.shown("a\r\nset-cookie: x\0.pdf")).isEqualTo("aset-cookie: x.pdf");
    assertThat(Attachment.shown("校".repeat(300))).hasSize(100);
  }

  @ParameterizedTest
  @EnumSource(RequestFault.class)
  void everyFaultIsSaidInBothLanguages(RequestFault fault) {
    List<String> said = List.of(fault.text(Locale.CHINA), fault.text(Locale.ENGLISH));
    assertThat(said.get(0)).endsWith("。");
    assertThat(said.get(1)).endsWith(".").isNotEqualTo(said.get(0));
  }
}
