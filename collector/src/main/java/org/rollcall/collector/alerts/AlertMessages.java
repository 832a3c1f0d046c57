package org.rollcall.collector.alerts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rollcall.collector.alerts.Alert.Told;
import org.rollcall.collector.channels.Message;
import org.rollcall.collector.channels.Message.Tone;
import org.rollcall.collector.channels.Words;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.School;

/** What an alert says to people, in both languages. Any thread. */
record AlertMessages(Map<String, AlertRule> rules, Register register) {
  private static final AlertText CHINESE = AlertText.in(Locale.SIMPLIFIED_CHINESE);
  private static final AlertText ENGLISH = AlertText.in(Locale.ENGLISH);

  /** Schools that are named. Project default. */
  private static final int NAMED = 20;

  Message of(Alert alert, Telling.Due due) {
    AlertRule rule = rules.get(alert.about().rule());
    Words title =
        new Words(
            CHINESE.title(
                alert, rule == null ? alert.about().rule() : rule.title(), place(alert, true)),
            ENGLISH.title(
                alert, rule == null ? alert.about().rule() : rule.titleEn(), place(alert, false)));
    List<String> zh = CHINESE.lines(alert, places(alert, true));
    List<String> en = ENGLISH.lines(alert, places(alert, false));
    List<Words> lines = new ArrayList<>();
    for (int i = 0; i < zh.size(); i++) {
      lines.add(new Words(zh.get(i), en.get(i)));
    }
    return new Message(
        due.key(),
        "alert:" + alert.id(),
        tone(alert, due),
        alert.about().region(),
        title,
        lines,
        "/alerts/" + alert.id());
  }

  private static Tone tone(Alert alert, Telling.Due due) {
    if (due.step() == Told.END) {
      return Tone.GREEN;
    }
    return alert.weight().classes() > 0 || alert.about().kind().isOwn() ? Tone.RED : Tone.AMBER;
  }

  /** One school by its name, several as the region they share. */
  String place(Alert alert, boolean chinese) {
    List<String> schools = alert.about().schools();
    if (schools.size() == 1) {
      return school(schools.get(0), chinese);
    }
    Region region = register.region(alert.about().region());
    return region == null ? alert.about().region() : chinese ? region.name() : region.nameEn();
  }

  private List<String> places(Alert alert, boolean chinese) {
    return alert.about().schools().stream()
        .limit(NAMED)
        .map(code -> school(code, chinese))
        .toList();
  }

  private String school(String code, boolean chinese) {
    School school = register.school(code);
    return school == null ? code : chinese ? school.name() : school.nameEn();
  }
}
