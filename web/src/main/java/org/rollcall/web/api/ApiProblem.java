package org.rollcall.web.api;

/** A request that gets no answer but a problem (RFC 9457), said in both languages. */
public final class ApiProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final String detailZh;

  private ApiProblem(int status, String code, String detail, String detailZh) {
    super(detail);
    this.status = status;
    this.code = code;
    this.detailZh = detailZh;
  }

  /** 400: a parameter is wrong. */
  public static ApiProblem badParameter(String name, String value, String expected, String zh) {
    return new ApiProblem(
        400,
        "bad-parameter",
        "The parameter " + name + " cannot be '" + value + "': " + expected + ".",
        "参数 " + name + " 不能是“" + value + "”:" + zh + "。");
  }

  /** 400: the body is wrong. */
  public static ApiProblem badBody(String expected, String zh) {
    return new ApiProblem(400, "bad-body", expected, zh);
  }

  /** 413: the body is larger than may be. */
  public static ApiProblem tooLarge(int bytes) {
    long mebibytes = bytes >> 20;
    return new ApiProblem(
        413,
        "too-large",
        "The file is larger than " + mebibytes + " MiB (project default): split it.",
        "文件超过 " + mebibytes + " MiB(项目默认值):请拆分后再提交。");
  }

  /** 401: nobody is signed in and the view is not public. */
  public static ApiProblem signInFirst() {
    return new ApiProblem(
        401,
        "sign-in-first",
        "Nobody is signed in and the public view is off: sign in first.",
        "尚未登录,且未开放公众查看:请先登录。");
  }

  /** 401: the user name or the password is wrong; which one is not said. */
  public static ApiProblem wrongCredentials() {
    return new ApiProblem(
        401, "wrong-credentials", "The user name or the password is wrong.", "用户名或密码不正确。");
  }

  /** 429: too many failed attempts. */
  public static ApiProblem tooManyAttempts(long waitSeconds) {
    return new ApiProblem(
        429,
        "too-many-attempts",
        "Too many failed attempts: wait " + waitSeconds + " s and try again.",
        "失败次数过多:请等待 " + waitSeconds + " 秒后再试。");
  }

  /** 400: what was sent cannot be done, said as the register says it. */
  public static ApiProblem refused(String code, String detail, String zh) {
    return new ApiProblem(400, code, detail, zh);
  }

  /** 401: the key of a program is not good, or no longer. */
  public static ApiProblem badToken() {
    return new ApiProblem(
        401,
        "bad-token",
        "This API token is not good: it has expired, was ended, or is misspelt. Make another.",
        "该 API 令牌无效:已过期、已撤销或有误,请重新生成。");
  }

  /** 401: the public view is no account, and changes nothing. */
  public static ApiProblem signInToChange() {
    return new ApiProblem(
        401,
        "sign-in-first",
        "Only an account may change something: sign in first.",
        "只有登录后才能修改:请先登录。");
  }

  /** 403: the password was chosen by somebody else. */
  public static ApiProblem choosePassword() {
    return new ApiProblem(
        403,
        "choose-a-password",
        "Somebody else chose this account's password: choose your own before anything else.",
        "当前密码由他人设置:请先设置自己的密码。");
  }

  /** 403: a page of another site asks in the name of whoever is signed in here. */
  public static ApiProblem otherSite() {
    return new ApiProblem(
        403,
        "other-site",
        "A page of another site may not change anything here.",
        "不允许其他网站的页面在此修改数据。");
  }

  /** 409: it cannot be done as things are now. */
  public static ApiProblem notNow(String code, String detail, String zh) {
    return new ApiProblem(409, code, detail, zh);
  }

  /** 403: the role may not do it. */
  public static ApiProblem notYourTask() {
    return new ApiProblem(
        403,
        "not-your-task",
        "This account's role may not do that: ask an administrator.",
        "当前账号的角色无权执行此操作:请联系管理员。");
  }

  /** 403: outside what the account may read. */
  public static ApiProblem notYours(String what) {
    return new ApiProblem(
        403, "not-yours", "This account may not read " + what + ".", "当前账号无权查看 " + what + "。");
  }

  /** 404. */
  public static ApiProblem unknown(String kind, String kindZh, String code) {
    return new ApiProblem(
        404,
        "unknown-" + kind,
        "There is no " + kind + " '" + code + "' that this view may show.",
        "没有可查看的" + kindZh + "“" + code + "”。");
  }

  public int status() {
    return status;
  }

  /** Stable reason code. */
  public String code() {
    return code;
  }

  /**
   * What happened, to what, and what to do, in Chinese; {@link #getMessage()} says it in English.
   */
  public String detailZh() {
    return detailZh;
  }
}
