package org.rollcall.web.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.paper.NoFontException;
import org.rollcall.collector.proof.ProofException;
import org.rollcall.collector.proof.ProofMaker;
import org.rollcall.collector.registry.School;

/**
 * {@code GET /api/v1/schools/{code}/proof?profile=&at=}: a zip that proves the school's verdicts.
 * Making one takes seconds and tens of MiB, so only so many are made at once.
 */
final class ProofCall implements Call {
  /** Project default. */
  private static final int AT_ONCE = 2;

  private final District district;
  private final ProofMaker proofs;
  private final @Nullable String font;
  private final Semaphore free = new Semaphore(AT_ONCE);

  /**
   * @param font of the certificate; null for one of the machine's
   */
  ProofCall(District district, ProofMaker proofs, @Nullable String font) {
    this.district = district;
    this.proofs = proofs;
    this.font = font;
  }

  @Override
  public Object answer(Request request) {
    View view = district.view(request);
    School school = view.school(request.path("code"));
    String profile = view.profile().id();
    LocalDate today = district.now().atZone(Times.ZONE).toLocalDate();
    LocalDate asked = request.day("at");
    LocalDate at = asked == null ? today : asked;
    if (at.isAfter(today)) {
      throw ApiProblem.badParameter("at", at.toString(), "a day that has come", "不晚于今天的日期");
    }
    if (!free.tryAcquire()) {
      throw ApiProblem.notNow(
          "proofs-busy",
          AT_ONCE + " proofs are being made. Ask again in a minute.",
          "正在生成 " + AT_ONCE + " 份证明,请一分钟后再试。");
    }
    try {
      ProofMaker.Made made = proofs.make(school.code(), profile, at, font);
      String name = "rollcall-proof-" + school.code() + "-" + at + ".zip";
      return new FileAnswer(name, "application/zip", made.bytes());
    } catch (ProofException e) {
      throw ApiProblem.refused("no-proof", String.valueOf(e.getMessage()), "没有可用于证明的原始记录。");
    } catch (NoFontException e) {
      throw ApiProblem.refused(
          "no-font",
          String.valueOf(e.getMessage()),
          "服务器没有中文字体,无法生成证书:请安装 Debian 软件包 fonts-noto-cjk。");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      free.release();
    }
  }
}
