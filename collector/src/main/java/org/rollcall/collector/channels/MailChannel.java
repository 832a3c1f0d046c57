package org.rollcall.collector.channels;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.channels.ChannelSetting.Mail.Security;

/**
 * Mail by SMTP (RFC 5321): text and HTML, in UTF-8. A message keeps its Message-ID however often it
 * is sent, and refers to its topic, so that mail programs show an alert and its end together.
 */
final class MailChannel implements Channel {
  private static final int MAIL_NOT_TAKEN = 500;
  private static final Pattern PASSING = Pattern.compile("(4\\d\\d)[ -]");

  /** Some of the addresses got it. */
  private static final Answer PARTLY = Answer.taken("mail-partly");

  private final ChannelSetting setting;
  private final ChannelSetting.Mail mail;
  private final Session session;
  private final Clock clock;

  MailChannel(ChannelSetting setting, Clock clock) throws IOException {
    this.setting = setting;
    this.mail = Objects.requireNonNull(setting.mail());
    this.session = Session.getInstance(properties(setting, mail));
    this.clock = clock;
  }

  private static Properties properties(ChannelSetting setting, ChannelSetting.Mail mail)
      throws IOException {
    String millis = String.valueOf(setting.timeout().toMillis());
    Properties all = new Properties();
    all.put("mail.transport.protocol", "smtp");
    all.put("mail.smtp.host", mail.host());
    all.put("mail.smtp.port", String.valueOf(mail.port()));
    all.put("mail.smtp.connectiontimeout", millis);
    all.put("mail.smtp.timeout", millis);
    all.put("mail.smtp.writetimeout", millis);
    // One mailbox that is gone must not keep the others from being told.
    all.put("mail.smtp.sendpartial", "true");
    all.put("mail.smtp.auth", String.valueOf(mail.user() != null));
    all.put("mail.smtp.ssl.enable", String.valueOf(mail.security() == Security.TLS));
    all.put("mail.smtp.starttls.enable", String.valueOf(mail.security() == Security.STARTTLS));
    all.put("mail.smtp.starttls.required", String.valueOf(mail.security() == Security.STARTTLS));
    all.put("mail.smtp.ssl.checkserveridentity", "true");
    all.put("mail.mime.charset", StandardCharsets.UTF_8.name());
    if (setting.ca() != null) {
      all.put("mail.smtp.ssl.socketFactory", Authorities.trusting(setting.ca()).getSocketFactory());
    }
    String proxy = setting.proxy();
    if (proxy != null) {
      int colon = proxy.lastIndexOf(':');
      all.put("mail.smtp.proxy.host", proxy.substring(0, colon));
      all.put("mail.smtp.proxy.port", proxy.substring(colon + 1));
    }
    return all;
  }

  @Override
  public Answer send(Letter letter) {
    Set<String> to = new LinkedHashSet<>(mail.to());
    for (Recipient person : letter.to()) {
      if (person.mail() != null) {
        to.add(person.mail());
      }
    }
    List<InternetAddress> addresses = to.stream().flatMap(MailChannel::address).toList();
    if (addresses.isEmpty()) {
      return Answer.refused("no-mail");
    }
    Answer whole = addresses.size() < to.size() ? PARTLY : Answer.OK;
    try {
      MimeMessage message = message(letter, addresses);
      try (Transport transport = session.getTransport()) {
        transport.connect(mail.user(), mail.password());
        transport.sendMessage(message, message.getAllRecipients());
      }
      return whole;
    } catch (AuthenticationFailedException e) {
      // "454 4.7.0 try again": nothing is said of the password.
      Matcher code = PASSING.matcher(Objects.requireNonNullElse(e.getMessage(), ""));
      return code.lookingAt()
          ? Answer.later("smtp-" + code.group(1))
          : Answer.refused("mail-password");
    } catch (SendFailedException e) {
      // Addresses that the server will not take: what was valid has been sent.
      Address[] sent = e.getValidSentAddresses();
      return sent != null && sent.length > 0 ? PARTLY : judged(e);
    } catch (MessagingException e) {
      return judged(e);
    }
  }

  /** What is no address is left out: the others are to be told. */
  private static Stream<InternetAddress> address(String text) {
    try {
      return Stream.of(new InternetAddress(text, true));
    } catch (AddressException e) {
      return Stream.empty();
    }
  }

  /** A 5xx of the server is for good, everything else may pass. */
  private static Answer judged(MessagingException failure) {
    Throwable each = failure;
    while (each != null) {
      if (each instanceof org.eclipse.angus.mail.smtp.SMTPSendFailedException refused
          && refused.getReturnCode() >= MAIL_NOT_TAKEN) {
        return Answer.refused("smtp-" + refused.getReturnCode());
      }
      if (each instanceof org.eclipse.angus.mail.smtp.SMTPAddressFailedException refused
          && refused.getReturnCode() >= MAIL_NOT_TAKEN) {
        return Answer.refused("smtp-" + refused.getReturnCode());
      }
      if (each instanceof javax.net.ssl.SSLException) {
        return Answer.later("tls");
      }
      each = next(each);
    }
    return Answer.later("smtp");
  }

  private static @Nullable Throwable next(Throwable each) {
    return each instanceof MessagingException chained && chained.getNextException() != null
        ? chained.getNextException()
        : each.getCause();
  }

  private MimeMessage message(Letter letter, List<InternetAddress> to) throws MessagingException {
    MimeMessage message = new Identified(session, id(letter.key()));
    message.setFrom(new InternetAddress(mail.from()));
    message.setRecipients(MimeMessage.RecipientType.TO, to.toArray(new Address[0]));
    message.setSubject(letter.title(), StandardCharsets.UTF_8.name());
    message.setSentDate(Date.from(clock.instant()));
    message.setHeader("Auto-Submitted", "auto-generated");
    if (!letter.topic().isEmpty()) {
      message.setHeader("References", id(letter.topic()));
      message.setHeader("In-Reply-To", id(letter.topic()));
    }
    MimeBodyPart text = new MimeBodyPart();
    text.setText(plain(letter), StandardCharsets.UTF_8.name());
    MimeBodyPart html = new MimeBodyPart();
    html.setText(html(letter), StandardCharsets.UTF_8.name(), "html");
    MimeMultipart both = new MimeMultipart("alternative", text, html);
    message.setContent(both);
    message.saveChanges();
    return message;
  }

  private static String plain(Letter letter) {
    StringBuilder text = new StringBuilder(letter.title()).append("\n\n");
    letter.lines().forEach(line -> text.append(line).append('\n'));
    String link = letter.link();
    return link == null ? text.toString() : text.append('\n').append(link).append('\n').toString();
  }

  private static String html(Letter letter) {
    StringBuilder html = new StringBuilder("<h3>").append(safe(letter.title())).append("</h3>\n");
    letter.lines().forEach(line -> html.append("<p>").append(safe(line)).append("</p>\n"));
    String link = letter.link();
    if (link != null) {
      html.append("<p><a href=\"")
          .append(safe(link))
          .append("\">")
          .append(safe(letter.linkWord()))
          .append("</a></p>\n");
    }
    return html.toString();
  }

  private static String safe(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** The same for the same key, and nothing of it can be read back. */
  private String id(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      String domain = mail.from().substring(mail.from().lastIndexOf('@') + 1);
      return "<"
          + HexFormat.of().formatHex(digest, 0, 16)
          + "."
          + setting.name()
          + "@"
          + domain.replace(">", "").toLowerCase(Locale.ROOT)
          + ">";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("BUG: SHA-256 is in every Java", e);
    }
  }

  /** Keeps its own Message-ID when it is made ready. */
  private static final class Identified extends MimeMessage {
    private final String id;

    Identified(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }
}
