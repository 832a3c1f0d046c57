package org.rollcall.collector.channels;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.BodyPart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.BufferedReader;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.channels.Message.Tone;
import org.rollcall.collector.registry.SetClock;
import org.rollcall.config.SettingsReader;

/** Mail through a real mail server (python3-aiosmtpd) that the test starts on loopback. */
class MailIT {
  @TempDir Path folder;
  private final SetClock clock = new SetClock(LocalDate.of(2026, 11, 25), LocalTime.of(9, 0));
  private @Nullable Process server;
  private int port;

  @AfterEach
  void end() throws Exception {
    Process its = server;
    if (its != null) {
      its.getOutputStream().close();
      if (!its.waitFor(20, TimeUnit.SECONDS)) {
        its.destroyForcibly();
      }
    }
  }

  private void serve(String... arguments) throws Exception {
    Path script = folder.resolve("smtp_server.py");
    try (InputStream file = MailIT.class.getResourceAsStream("smtp_server.py")) {
      Files.copy(Objects.requireNonNull(file), script);
    }
    List<String> command = new ArrayList<>(List.of("/usr/bin/python3", script.toString()));
    command.add(folder.resolve("mail").toString());
    command.addAll(List.of(arguments));
    Process its = new ProcessBuilder(command).redirectErrorStream(true).start();
    server = its;
    BufferedReader said = its.inputReader(StandardCharsets.UTF_8);
    String first = said.readLine();
    assertThat(first).as("the mail server's port").matches("\\d+");
    port = Integer.parseInt(first);
  }

  private void openssl(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Process made =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(made.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(made.exitValue()).as(said).isZero();
  }

  /** An authority of the test's own, and a certificate by it for localhost. */
  private void certificates() throws Exception {
    openssl(
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "ca.key",
        "-out",
        "ca.pem",
        "-days",
        "2",
        "-subj",
        "/CN=Test authority");
    openssl(
        "req",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "mail.key",
        "-out",
        "mail.csr",
        "-subj",
        "/CN=localhost");
    Files.writeString(folder.resolve("names"), "subjectAltName=DNS:localhost\n");
    openssl(
        "x509",
        "-req",
        "-in",
        "mail.csr",
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-out",
        "mail.pem",
        "-days",
        "2",
        "-extfile",
        "names");
  }

  record Settings(List<ChannelSetting> channels) {}

  private Channel channel(String host, String security, String more, String top) throws Exception {
    String yaml =
        "channels:\n  - {name: post, kind: mail, timeout: 5s, "
            + top
            + "mail: {host: "
            + host
            + ", port: "
            + port
            + ", security: "
            + security
            + ", from: \"点到 <rollcall@district.example>\""
            + more
            + "}}\n";
    return new MailChannel(
        SettingsReader.read("test", yaml, folder, Settings.class).channels().get(0), clock);
  }

  private static Letter letter(String key, Recipient... to) {
    Message message =
        new Message(
            key,
            "alert:7",
            Tone.RED,
            "440307",
            new Words("线路中断:第一小学", "Line down: School 1"),
            List.of(new Words("线路 wan <的>端口已断开。", "The port of the line wan is down.")),
            "/alerts/7");
    return Letter.of(List.of(message), List.of(to), true, "https://rollcall.example");
  }

  private static final Recipient CHEN = new Recipient("陈工", "chen@district.example", null);

  private List<MimeMessage> mails() throws Exception {
    List<MimeMessage> mails = new ArrayList<>();
    if (!Files.isDirectory(folder.resolve("mail/new"))) {
      return mails;
    }
    try (Stream<Path> files = Files.list(folder.resolve("mail/new"))) {
      for (Path file : files.sorted().toList()) {
        try (InputStream bytes = Files.newInputStream(file)) {
          mails.add(new MimeMessage(Session.getInstance(new Properties()), bytes));
        }
      }
    }
    return mails;
  }

  @Test
  void aMailIsReadBackWholeAndChinese() throws Exception {
    serve();
    Channel mail = channel("127.0.0.1", "none", ", to: [bureau@district.example]", "");
    assertThat(mail.send(letter("alert:7:0", CHEN))).isEqualTo(Answer.OK);
    MimeMessage got = mails().get(0);
    assertThat(got.getSubject()).isEqualTo("线路中断:第一小学");
    assertThat(got.getHeader("X-RcptTo", null))
        .contains("bureau@district.example", "chen@district.example");
    MimeMultipart both = (MimeMultipart) got.getContent();
    BodyPart text = both.getBodyPart(0);
    assertThat(text.getContent().toString())
        .contains("线路 wan <的>端口已断开。", "https://rollcall.example/alerts/7");
    assertThat(both.getBodyPart(1).getContent().toString())
        .contains("<h3>线路中断:第一小学</h3>", "线路 wan &lt;的&gt;端口已断开。");
    assertThat(mail.send(letter("alert:7:0", CHEN))).isEqualTo(Answer.OK);
    assertThat(mail.send(letter("alert:7:end", CHEN))).isEqualTo(Answer.OK);
    List<MimeMessage> all = mails();
    assertThat(all).hasSize(3);
    List<String> ids = new ArrayList<>();
    for (MimeMessage each : all) {
      ids.add(each.getMessageID());
      assertThat(each.getHeader("In-Reply-To", null)).isEqualTo(got.getHeader("In-Reply-To", null));
    }
    assertThat(ids.stream().distinct()).as("the same key has the same id").hasSize(2);
  }

  @Test
  void starttlsWithAnAuthorityOfOnesOwnAndAPassword() throws Exception {
    certificates();
    serve(
        folder.resolve("mail.pem").toString(),
        folder.resolve("mail.key").toString(),
        "rollcall",
        "hush");
    Files.writeString(folder.resolve("password"), "hush\n");
    String signIn = ", user: rollcall, password: \"file:password\"";
    assertThat(channel("localhost", "starttls", signIn, "ca: ca.pem, ").send(letter("a", CHEN)))
        .isEqualTo(Answer.OK);
    assertThat(mails()).hasSize(1);
    assertThat(channel("localhost", "starttls", signIn, "").send(letter("b", CHEN)))
        .as("an authority that is not trusted")
        .isEqualTo(Answer.later("tls"));
    assertThat(
            channel("localhost", "starttls", ", user: rollcall, password: wrong", "ca: ca.pem, ")
                .send(letter("c", CHEN)))
        .isEqualTo(Answer.refused("mail-password"));
    assertThat(
            channel("localhost", "starttls", ", user: later, password: x", "ca: ca.pem, ")
                .send(letter("e", CHEN)))
        .as("a server that cannot look passwords up now")
        .isEqualTo(Answer.later("smtp-454"));
    assertThat(channel("127.0.0.1", "starttls", signIn, "ca: ca.pem, ").send(letter("d", CHEN)))
        .as("a certificate of another name")
        .isEqualTo(Answer.later("tls"));
    assertThat(mails()).hasSize(1);
  }

  @Test
  void aMailboxThatIsGoneAndWhatIsNoAddressKeepNobodyFromBeingTold() throws Exception {
    serve();
    Recipient gone = new Recipient("无", "nobody@district.example", null);
    Recipient wrong = new Recipient("错", "王工 at district", null);
    assertThat(channel("127.0.0.1", "none", "", "").send(letter("a", gone, CHEN)))
        .isEqualTo(Answer.taken("mail-partly"));
    assertThat(channel("127.0.0.1", "none", "", "").send(letter("c", wrong, CHEN)))
        .isEqualTo(Answer.taken("mail-partly"));
    assertThat(mails()).hasSize(2);
    assertThat(channel("127.0.0.1", "none", "", "").send(letter("b", wrong)))
        .isEqualTo(Answer.refused("no-mail"));
    assertThat(mails()).hasSize(2);
  }

  @Test
  void whoHasNoMailboxIsForGoodAndAServerThatIsAwayIsNot() throws Exception {
    serve();
    Recipient nobody = new Recipient("无", "nobody@district.example", null);
    assertThat(channel("127.0.0.1", "none", "", "").send(letter("a", nobody)))
        .isEqualTo(Answer.refused("smtp-550"));
    assertThat(channel("127.0.0.1", "none", "", "").send(letter("b")))
        .isEqualTo(Answer.refused("no-mail"));
    end();
    assertThat(channel("127.0.0.1", "none", "", "").send(letter("c", CHEN)).result())
        .isEqualTo(Answer.Result.LATER);
  }
}
