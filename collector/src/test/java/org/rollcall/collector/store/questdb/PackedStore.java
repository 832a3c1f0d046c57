package org.rollcall.collector.store.questdb;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/** Packs every day, today's as well, whenever it settles. */
final class PackedStore implements ObservationStore {
  private final QuestDbStore store;

  PackedStore(QuestDbStore store) {
    this.store = store;
  }

  @Override
  public void settle() {
    store.settle();
    store.packAll();
  }

  @Override
  public @Nullable String refuses(Report report) {
    return store.refuses(report);
  }

  @Override
  public void write(List<SchoolReport> batch) {
    store.write(batch);
  }

  @Override
  public List<Observation> range(String school, String subject, Instant from, Instant to) {
    return store.range(school, subject, from, to);
  }

  @Override
  public void visit(String school, Instant from, Instant to, Visitor visitor) {
    store.visit(school, from, to, visitor);
  }

  @Override
  public void visitKind(String school, String kind, Instant from, Instant to, Visitor visitor) {
    store.visitKind(school, kind, from, to, visitor);
  }

  @Override
  public void latest(Instant since, Visitor visitor) {
    store.latest(since, visitor);
  }

  @Override
  public NavigableSet<LocalDate> days() {
    return store.days();
  }

  @Override
  public NavigableSet<String> schools(LocalDate day) {
    return store.schools(day);
  }

  @Override
  public Instant keptSince() {
    return store.keptSince();
  }

  @Override
  public void check() {
    store.check();
  }

  @Override
  public void close() {
    store.close();
  }
}
