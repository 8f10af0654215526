package io.shardquake.checkers.durability;

import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.topology.KeySlot;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The failovers of a run, and what each may have lost: see {@code docs/durability.md}. For checkers
 * of other data than registers. Not thread-safe.
 */
public final class Failovers {
  /** How long before a write its master's replicas are looked at. */
  private static final long AROUND = 2_000_000_000L;

  private final History history;
  private final Tenures tenures;
  private final Disruptions faults;
  private final Allowance allowed;
  private final Map<Integer, List<Cut>> cuts = new HashMap<>();

  private Failovers(Evidence evidence, Allowance allowed) {
    this.history = evidence.history();
    this.tenures = new Tenures(evidence.topology().timeline());
    this.faults = Disruptions.of(evidence.faults());
    this.allowed = allowed;
  }

  /** What the recording shows of them. */
  public static Failovers of(Evidence evidence, Allowance allowed) {
    return new Failovers(evidence, allowed);
  }

  /**
   * On which copy of the data an operation was carried out that happened: the number of failovers
   * of its slot before it, from 0. Operations of one lineage saw each other's effects. Empty if the
   * node that answered was never seen to own the slot.
   */
  public OptionalInt lineage(int row) {
    OptionalInt slot = slot(row);
    if (slot.isEmpty()) {
      return OptionalInt.empty();
    }
    return KeyStory.lineageOf(history, row, tenures.of(slot.getAsInt()));
  }

  /** How many failovers of the slot of an operation's key were seen. */
  public int count(int row) {
    OptionalInt slot = slot(row);
    return slot.isEmpty() ? 0 : cuts(slot.getAsInt()).size();
  }

  /**
   * What to make of it that the effect of an operation is missing.
   *
   * @param row the operation that made it, or saw it, on lineage {@code from}
   * @param from the lineage on which it was there when the operation completed
   * @param to the lineage on which it was missing later; not before {@code from}
   */
  public Fate fate(int row, int from, int to) {
    List<Cut> all = cuts(slot(row).orElseThrow());
    long there = history.completionTimeNanos(row);
    return all.subList(from, Math.min(to, all.size())).stream()
        .map(cut -> fate(cut, there))
        .min(Comparator.comparing(Fate::kind).thenComparing(Fate::windowNanos))
        .orElseGet(() -> new Fate(Fate.Kind.WITHOUT_FAILOVER, 0, ""));
  }

  /**
   * Whether an operation was begun on its lineage after the lineage's successor had been seen in
   * office: nothing that it did may be seen on any later lineage.
   */
  public boolean onDeadBranch(int row, int lineage) {
    List<Cut> all = cuts(slot(row).orElseThrow());
    return lineage < all.size()
        && history.invocationTimeNanos(row) > all.get(lineage).promotedNanos();
  }

  /** Whether the slot of the operation's key may have been moved between two times. */
  public boolean movedBetween(int row, long from, long until) {
    int slot = slot(row).orElseThrow();
    return tenures.isOpen(slot, from, until)
        || tenures.of(slot).stream()
            .anyMatch(
                tenure ->
                    tenure.inheritance() == Tenure.Inheritance.MOVE
                        && tenure.possibleFrom() <= until
                        && tenure.seenFrom() >= from);
  }

  /**
   * Whether one of the failovers before a lineage of the slot of the operation's key happened while
   * the slot was on its way between two masters: then some keys of the slot may be gone without the
   * others.
   */
  public boolean afterInterruptedMigration(int row, int lineage) {
    return interruptedMigration(row, 0, lineage);
  }

  /** As {@link #afterInterruptedMigration}, of the failovers between two lineages. */
  boolean interruptedMigration(int row, int from, int to) {
    List<Cut> all = cuts(slot(row).orElseThrow());
    return all.subList(Math.min(from, all.size()), Math.min(to, all.size())).stream()
        .anyMatch(Cut::migrating);
  }

  /**
   * Whether every replica that could succeed the node which carried out an operation had its effect
   * and kept it: as many replicas acknowledged it as the node was seen to have around that time,
   * and the one that was promoted in the failover which ended the lineage suffered no fault from
   * then on. False if no failover ended it, or the slot was being moved.
   *
   * @param acknowledged how many replicas acknowledged it before it completed
   */
  public boolean everyReplicaHad(int row, int lineage, long acknowledged) {
    Optional<Cut> end = endOf(row, lineage);
    if (end.isEmpty() || end.get().migrating() || acknowledged == 0) {
      return false;
    }
    Cut cut = end.get();
    long from = history.invocationTimeNanos(row);
    boolean here = history.attribution(row).nodes().equals(List.of(cut.from()));
    return here
        && !onDeadBranch(row, lineage)
        && !faults.touched(cut.to(), from, cut.promotedNanos())
        && tenures.replicasOf(cut.from(), from - AROUND, cut.promotedNanos()) <= acknowledged;
  }

  /** Whether a fault, or its aftermath, was under way on the node at any time between the two. */
  public boolean disturbed(String node, long from, long until) {
    return faults.touched(node, from, until);
  }

  /** Every node that was ever seen to own the slot of an operation's key. */
  public List<String> owners(int row) {
    return tenures.of(slot(row).orElseThrow()).stream().map(Tenure::node).distinct().toList();
  }

  /** Whether the owner of the slot of the operation's key changed between two times. */
  public boolean handedOver(int row, long from, long until) {
    return tenures.of(slot(row).orElseThrow()).stream()
        .anyMatch(
            tenure ->
                tenure.inheritance() != Tenure.Inheritance.FIRST
                    && tenure.possibleFrom() <= until
                    && tenure.seenFrom() >= from);
  }

  /** The failover that ended a lineage of the slot of the operation's key. */
  Optional<Cut> endOf(int row, int lineage) {
    List<Cut> all = cuts(slot(row).orElseThrow());
    return lineage < all.size() ? Optional.of(all.get(lineage)) : Optional.empty();
  }

  private Fate fate(Cut cut, long there) {
    long window = cut.lastInTouchNanos() - there;
    Fate.Kind kind =
        cut.migrating()
            ? Fate.Kind.IN_INTERRUPTED_MIGRATION
            : window > allowed.replicationLag().toNanos()
                ? Fate.Kind.OUTSIDE_WINDOW
                : cut.explained() ? Fate.Kind.IN_WINDOW : Fate.Kind.IN_UNEXPLAINED_FAILOVER;
    return new Fate(kind, window, "%s took over from %s".formatted(cut.to(), cut.from()));
  }

  private List<Cut> cuts(int slot) {
    return cuts.computeIfAbsent(slot, s -> KeyStory.cuts(s, tenures, faults, allowed));
  }

  private OptionalInt slot(int row) {
    return KeySlot.of(history.keyValue(history.key(row)));
  }
}
