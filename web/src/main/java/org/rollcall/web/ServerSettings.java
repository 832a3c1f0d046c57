package org.rollcall.web;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.CollectorSettings;
import org.rollcall.collector.alerts.AlertSettings;
import org.rollcall.collector.channels.ChannelSetting;
import org.rollcall.collector.database.DatabaseSettings;
import org.rollcall.collector.evidence.EvidenceSettings;
import org.rollcall.collector.ingest.MqttSettings;
import org.rollcall.collector.linetest.LineTestSettings;
import org.rollcall.collector.linetest.ndt7.Ndt7Settings;
import org.rollcall.config.Default;
import org.rollcall.web.http.HttpSettings;
import org.rollcall.web.oidc.OidcSettings;
import org.rollcall.web.tiles.TileSettings;

/**
 * {@code config/server.yaml}.
 *
 * @param data folder of all that is kept here: register, observations, the server's key
 * @param register where the register is kept; a file of the data folder by default
 * @param simulated whether the data come from simulated schools; every page then says so
 * @param http where pages and API answer
 * @param mqtt where agents connect
 * @param web what is open to whom
 * @param oidc the OpenID Connect provider that may vouch for accounts; null for passwords alone
 * @param store how observations are kept
 * @param calendar the folder of school calendars, or one calendar for every school
 * @param targets folder of profiles
 * @param profile id of the profile that is judged by and that pages show
 * @param otherProfiles ids of more profiles that schools are judged by beside it
 * @param boundaries GeoJSON of the areas' outlines; without it, areas are drawn around their
 *     schools
 * @param tiles where the ground under the map comes from; without it there is none
 * @param documents how documents are printed; by the machine's own font without it
 * @param publicAddress name or address of this server as schools see it; part of enrolment codes
 * @param lineTests when and how schools' lines are tested
 * @param ndt7 who may test as much as a line gives
 * @param evidence how long agents' reports are kept as they came
 * @param alerts what people are told of
 * @param channels by which they are told
 * @param site address of these pages as people see them, for links in messages; null: none
 * @param milestones dates of counties; null: those of the plan alone
 */
public record ServerSettings(
    Path data,
    DatabaseSettings register,
    @Default("false") boolean simulated,
    HttpSettings http,
    MqttSettings mqtt,
    Web web,
    @Nullable OidcSettings oidc,
    CollectorSettings.Store store,
    Path calendar,
    Path targets,
    @Default("GD-2010-18") String profile,
    List<String> otherProfiles,
    @Nullable Path boundaries,
    @Nullable TileSettings tiles,
    @Nullable DocumentSettings documents,
    @Default("localhost") String publicAddress,
    LineTestSettings lineTests,
    Ndt7Settings ndt7,
    EvidenceSettings evidence,
    AlertSettings alerts,
    List<ChannelSetting> channels,
    @Nullable String site,
    @Nullable Path milestones) {

  /**
   * What anyone may see.
   *
   * @param publicView whether the map, verdicts and series are open without an account
   */
  public record Web(@Default("false") boolean publicView) {}

  /**
   * How documents are printed.
   *
   * @param font a file of a Chinese font, with the number of the face behind a comma where it holds
   *     several; null for the first one of the machine that is known
   */
  public record DocumentSettings(@Nullable String font) {}

  /** The font of PDFs; null for the machine's own. */
  public @Nullable String documentFont() {
    return documents == null ? null : documents.font();
  }

  public ServerSettings {
    otherProfiles = List.copyOf(otherProfiles);
    channels = List.copyOf(channels);
    site = site == null || !site.endsWith("/") ? site : site.substring(0, site.length() - 1);
  }

  /** All that schools are judged by, the one that pages show in front. */
  public List<String> profiles() {
    return Stream.concat(Stream.of(profile), otherProfiles.stream()).distinct().toList();
  }

  /** The part that is the collector's. */
  public CollectorSettings collector() {
    return new CollectorSettings(
        data,
        register,
        mqtt,
        store,
        calendar,
        targets,
        profiles(),
        publicAddress,
        lineTests,
        ndt7,
        evidence,
        alerts,
        channels,
        site,
        milestones);
  }
}
