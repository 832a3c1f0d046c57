package org.rollcall.web.api;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.usage.PartnerLine;
import org.rollcall.protocol.v1.Observation;

/**
 * {@code GET /api/v1/schools/{code}/partners}: the ways to partner schools, as the school's agent
 * sees them. A partner that is called by its code has its name from the register, where the viewer
 * may see it.
 */
final class PartnersCall implements Call {
  /** So far back it is looked since when a partner is up or down. Project default. */
  private static final Duration SPAN = Duration.ofDays(7);

  private final District district;

  PartnersCall(District district) {
    this.district = district;
  }

  private record Answer(List<Partner> partners) {}

  private record Partner(
      String subject,
      String name,
      @Nullable String school,
      @Nullable String schoolName,
      @Nullable String schoolNameEn,
      @Nullable Boolean up,
      @Nullable String reason,
      String seen,
      @Nullable String since,
      @Nullable Double rttMillis,
      @Nullable Double lossShare,
      @Nullable Double connectMillis,
      @Nullable Double lossShareOfDay,
      @Nullable Path path) {}

  private record Path(
      @Nullable Boolean viaDistrict,
      @Nullable Boolean vpn,
      @Nullable Double hops,
      @Nullable String reason,
      String seen) {}

  @Override
  public Object answer(Request request) {
    View view = district.view(request);
    School school = view.school(request.path("code"));
    Map<String, Observation> newest = new TreeMap<>(district.pulse().school(school.code()));
    List<Partner> partners = new ArrayList<>();
    for (Observation seen : newest.values()) {
      if (seen.getSubject().startsWith(PartnerLine.REACH)) {
        String name = seen.getSubject().substring(PartnerLine.REACH.length());
        partners.add(
            partner(
                seen,
                view.register().school(name),
                line(school.code(), seen),
                newest.get(PartnerLine.PATH + name)));
      }
    }
    return new Answer(partners);
  }

  private PartnerLine line(String school, Observation newest) {
    Instant end = Instant.ofEpochMilli(newest.getTimeMillis());
    List<Observation> looks =
        new ArrayList<>(district.store().range(school, newest.getSubject(), end.minus(SPAN), end));
    looks.add(newest);
    return PartnerLine.of(looks);
  }

  private static Partner partner(
      Observation seen, @Nullable School known, PartnerLine line, @Nullable Observation path) {
    return new Partner(
        seen.getSubject(),
        seen.getSubject().substring(PartnerLine.REACH.length()),
        known == null ? null : known.code(),
        known == null ? null : known.name(),
        known == null ? null : known.nameEn(),
        line.up(),
        line.reason().isEmpty() ? null : line.reason(),
        Times.known(line.seen()),
        Times.text(line.since()),
        line.rttMillis(),
        line.lossShare(),
        line.connectMillis(),
        line.lossShareOfDay(),
        path == null ? null : path(path));
  }

  private static Path path(Observation seen) {
    return new Path(
        yes(seen, "viaDistrict"),
        yes(seen, "vpn"),
        seen.getMeasuresMap().get("hops"),
        seen.getReason().isEmpty() ? null : seen.getReason(),
        Times.ofMillis(seen.getTimeMillis()));
  }

  private static @Nullable Boolean yes(Observation seen, String measure) {
    Double told = seen.getMeasuresMap().get(measure);
    return told == null ? null : Boolean.valueOf(told > 0);
  }
}
