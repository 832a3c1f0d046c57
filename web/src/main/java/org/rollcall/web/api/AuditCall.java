package org.rollcall.web.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.Collector;
import org.rollcall.collector.audit.AuditEntry;
import org.rollcall.collector.audit.AuditLog;

/** {@code GET /api/v1/audit}: who changed what, newest first; for administrators alone. */
final class AuditCall implements Call {
  private final AuditLog audit;

  private record Item(
      long id,
      String at,
      String account,
      String source,
      String action,
      String subject,
      @JsonRawValue String detail) {}

  AuditCall(Collector collector) {
    this.audit = collector.audit();
  }

  @Override
  public Object answer(Request request) {
    AccountCalls.onlyAdministrator(request);
    int size = Listed.size(request);
    AuditLog.Page page =
        audit.list(
            new AuditLog.Filter(orEmpty(request.text("account")), orEmpty(request.text("action"))),
            (long) Listed.page(request) * size,
            size);
    List<Item> items = page.entries().stream().map(AuditCall::item).toList();
    return new Listed<>(page.total(), items);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static Item item(AuditEntry entry) {
    return new Item(
        entry.id(),
        Times.known(entry.at()),
        entry.account(),
        entry.source(),
        entry.action(),
        entry.subject(),
        entry.detail());
  }
}
