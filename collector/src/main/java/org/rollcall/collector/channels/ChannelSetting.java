package org.rollcall.collector.channels;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.Default;
import org.rollcall.config.Range;
import org.rollcall.config.Secret;

/**
 * One of {@code channels:} in {@code config/server.yaml}. Which of the settings a kind needs stands
 * in docs/channels.md. Its text holds no secret: not the address, which of a bot is one.
 *
 * @param name by which ways and logs know it
 * @param language of what is sent: zh-CN or en
 * @param digest what is posted within that time is one message; 0s: each is its own
 * @param perMinute messages in any minute; null: what the kind's other side allows
 * @param url of a bot, a webhook or a gateway, whole
 * @param secret with which messages are signed; of an SMS gateway what {@code {secret}} stands for
 * @param keyword that the bot asks for in every message
 * @param proxy {@code host:port}; null for none
 * @param ca a PEM file of authorities of one's own
 * @param timeout for one message
 * @param mail what mail needs; null for other kinds
 * @param sms what an SMS gateway needs; null for other kinds
 */
public record ChannelSetting(
    String name,
    Kind kind,
    @Default("zh-CN") String language,
    @Default("0s") @Range(min = "0s", max = "1d") Duration digest,
    @Nullable Integer perMinute,
    @Nullable @Secret String url,
    @Nullable @Secret String secret,
    @Nullable String keyword,
    @Nullable String proxy,
    @Nullable Path ca,
    @Default("10s") @Range(min = "1s", max = "2m") Duration timeout,
    @Nullable Mail mail,
    @Nullable Sms sms) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
  private static final Pattern PROXY = Pattern.compile("(\\S+):(\\d{1,5})");
  private static final int LAST_PORT = 65_535;
  private static final int MOST_PER_MINUTE = 6_000;

  /** What is at the other end. */
  public enum Kind {
    MAIL(60),
    WEBHOOK(120),
    /** Group bot of WeCom: 20 a minute. */
    WECOM(20),
    /** Group bot of DingTalk: 20 a minute, then blocked for ten minutes. */
    DINGTALK(20),
    /** Group bot of Feishu: 100 a minute and 5 a second. */
    FEISHU(100),
    SMS(60),
    /** Prometheus' Alertmanager. */
    ALERTMANAGER(120);

    private final int perMinute;

    Kind(int perMinute) {
      this.perMinute = perMinute;
    }

    /** As the settings name it. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A mail server.
   *
   * @param security how the connection is protected
   * @param user null: without signing in
   * @param to who always gets it, beside those on duty
   */
  public record Mail(
      String host,
      @Range(min = "1", max = "65535") int port,
      @Default("starttls") Security security,
      @Nullable String user,
      @Nullable @Secret String password,
      String from,
      List<String> to) {
    /** How a connection to a mail server is protected. */
    public enum Security {
      STARTTLS,
      TLS,
      /** For a server of this machine. */
      NONE
    }

    public Mail {
      to = List.copyOf(to);
      if ((user == null) != (password == null)) {
        throw new IllegalArgumentException("user and password stand together or not at all");
      }
      boolean here = host.equals("localhost") || host.matches("127(\\.\\d{1,3}){3}|::1");
      if (user != null && security == Security.NONE && !here) {
        throw new IllegalArgumentException(
            "security none would send the password in the clear: use starttls or tls");
      }
    }

    @Override
    public String toString() {
      return "Mail[" + host + ":" + port + "]";
    }
  }

  /**
   * An HTTP gateway. In {@code body}, {@code headers} and the address {@code {mobile}}, {@code
   * {text}} and {@code {secret}} stand for what is sent, escaped as the place asks.
   *
   * @param contentType application/json or application/x-www-form-urlencoded
   * @param okPointer where the answer says whether it was taken, as a JSON pointer; null: by its
   *     status alone
   * @param okValue what stands there if it was
   * @param longest characters of a text; longer ones are cut
   */
  public record Sms(
      @Default("POST") String method,
      @Default("application/json") String contentType,
      @Nullable String body,
      Map<String, String> headers,
      @Nullable String okPointer,
      @Nullable String okValue,
      @Default("70") @Range(min = "20", max = "500") int longest) {
    public Sms {
      headers = Map.copyOf(headers);
      if ((okPointer == null) != (okValue == null)) {
        throw new IllegalArgumentException("okPointer and okValue stand together or not at all");
      }
      if (okPointer != null && !okPointer.startsWith("/")) {
        throw new IllegalArgumentException("okPointer begins with /, as in /code");
      }
    }

    @Override
    public String toString() {
      return "Sms[" + method + "]";
    }
  }

  public ChannelSetting {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the name " + name + " has small letters, digits and hyphens, at most 40");
    }
    if (!List.of("zh-CN", "en").contains(language)) {
      throw new IllegalArgumentException("the language of " + name + " is zh-CN or en");
    }
    if (perMinute != null && (perMinute < 1 || perMinute > MOST_PER_MINUTE)) {
      throw new IllegalArgumentException(
          "perMinute of " + name + " lies between 1 and " + MOST_PER_MINUTE);
    }
    if (kind == Kind.MAIL ? mail == null || url != null : mail != null) {
      throw new IllegalArgumentException(name + ": a channel of kind mail has mail: and no url");
    }
    if (kind == Kind.SMS ? sms == null : sms != null) {
      throw new IllegalArgumentException(name + ": sms: belongs to a channel of kind sms");
    }
    if (kind == Kind.WEBHOOK && secret == null) {
      throw new IllegalArgumentException(name + ": a webhook needs a secret to sign with");
    }
    if (kind != Kind.MAIL && (url == null || !isHttp(url))) {
      throw new IllegalArgumentException(name + ": url must be an address with http or https");
    }
    if (proxy != null && !isProxy(proxy)) {
      throw new IllegalArgumentException(name + ": proxy is host:port");
    }
  }

  private static boolean isProxy(String proxy) {
    Matcher form = PROXY.matcher(proxy);
    if (!form.matches()) {
      return false;
    }
    int port = Integer.parseInt(form.group(2));
    return port > 0 && port <= LAST_PORT;
  }

  private static boolean isHttp(String address) {
    try {
      URI uri = new URI(address.replace("{", "%7B").replace("}", "%7D"));
      return uri.getHost() != null
          && List.of("http", "https").contains(String.valueOf(uri.getScheme()));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Messages in any minute. */
  int mostPerMinute() {
    return perMinute == null ? kind.perMinute : perMinute;
  }

  boolean chinese() {
    return !language.equals("en");
  }

  @Override
  public String toString() {
    return "ChannelSetting[" + name + ", " + kind + "]";
  }
}
