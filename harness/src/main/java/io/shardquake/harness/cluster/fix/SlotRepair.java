package io.shardquake.harness.cluster.fix;

import io.shardquake.harness.cluster.ClusterException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What to do about one slot, in this order:
 *
 * <ol>
 *   <li>{@code disown}: masters that wrongly say they own it stop saying so, but keep their keys;
 *   <li>{@code adopt}: the owner takes ownership, in one step with its mark towards the target if
 *       there is one. If there is none, a mark it has is taken away;
 *   <li>{@code gather}: keys on other masters are brought to the node that takes new keys now (the
 *       target if there is one, else the owner), never over a key that it has;
 *   <li>{@code target}: the move from the owner to the target is finished;
 *   <li>{@code clear}: what marks are left are taken away.
 * </ol>
 *
 * @param slot which
 * @param owner who serves it in the meantime
 * @param adopt whether the owner has to take ownership first
 * @param disown masters that have to give it up
 * @param target who shall own it in the end; empty if that is the owner
 * @param gather other masters that hold keys of it
 * @param clear masters whose marks are to be taken away at the end
 */
record SlotRepair(
    int slot,
    String owner,
    boolean adopt,
    List<String> disown,
    Optional<String> target,
    List<String> gather,
    List<String> clear) {

  /**
   * Decides; the ordering argument is in {@code docs/cluster-fix.md}.
   *
   * @param withoutAbsent whether to give up what only nodes hold that cannot be reached
   * @return empty if there is nothing to do
   * @throws ClusterException with a message for the user if nothing safe can be done now
   */
  static Optional<SlotRepair> decide(SlotSituation situation, boolean withoutAbsent)
      throws ClusterException {
    List<String> owners = situation.owners();
    SlotRepair repair =
        owners.isEmpty()
            ? adopt(situation, withoutAbsent)
            : settle(situation, owners, withoutAbsent);
    boolean nothing =
        !repair.adopt
            && repair.target.isEmpty()
            && Stream.of(repair.disown, repair.gather, repair.clear).allMatch(List::isEmpty);
    return nothing ? Optional.empty() : Optional.of(repair);
  }

  /**
   * Nobody owns the slot. Whoever holds most keys shall get it. If others hold keys too, one of
   * them becomes the owner for the meantime, already on its way to the first: then every key of
   * these two is served from the first moment, and none can be created twice.
   */
  private static SlotRepair adopt(SlotSituation s, boolean withoutAbsent) throws ClusterException {
    Optional<String> absentOwner =
        s.believed().stream().filter(s.absentHolders()::contains).findFirst();
    if (absentOwner.isPresent() && !withoutAbsent) {
      throw new ClusterException(
          "slot "
              + s.slot()
              + " belongs to "
              + absentOwner.get()
              + ", which cannot be reached: start it, or let a replica take over, or give its data"
              + " up with --without-absent");
    }
    List<String> holders = s.holders();
    String best = holders.isEmpty() ? bestWithoutKeys(s) : holders.get(0);
    boolean shared = holders.size() > 1;
    String owner = shared ? holders.get(1) : best;
    return new SlotRepair(
        s.slot(),
        owner,
        true,
        List.of(),
        shared ? Optional.of(best) : Optional.empty(),
        shared ? holders.subList(2, holders.size()) : List.of(),
        markedExcept(s, owner, best));
  }

  private static String bestWithoutKeys(SlotSituation s) throws ClusterException {
    Stream<String> believed = s.believed().stream().filter(s.masters()::containsKey);
    Stream<String> importing =
        s.masters().entrySet().stream()
            .filter(entry -> entry.getValue().importingFrom().isPresent())
            .map(Map.Entry::getKey);
    Stream<String> poorest =
        s.masters().entrySet().stream()
            .sorted(Comparator.comparing(entry -> entry.getValue().slotCount()))
            .map(Map.Entry::getKey);
    return Stream.of(believed, importing, poorest)
        .flatMap(ids -> ids)
        .findFirst()
        .orElseThrow(() -> new ClusterException("no master can be reached"));
  }

  private static SlotRepair settle(SlotSituation s, List<String> owners, boolean withoutAbsent)
      throws ClusterException {
    String owner = owners.get(0);
    List<String> losers = owners.subList(1, owners.size());
    Optional<String> target = target(s, owner, losers, withoutAbsent);
    List<String> gather =
        s.holders().stream()
            .filter(id -> !id.equals(owner) && !target.equals(Optional.of(id)))
            .toList();
    List<String> clear =
        Stream.concat(markedExcept(s, owner, target.orElse(owner)).stream(), losers.stream())
            .distinct()
            .toList();
    boolean leftOver =
        s.masters().get(owner).importingFrom().isPresent()
            || (target.isEmpty() && s.masters().get(owner).migratingTo().isPresent());
    return new SlotRepair(
        s.slot(),
        owner,
        false,
        losers,
        target,
        gather,
        leftOver ? Stream.concat(Stream.of(owner), clear.stream()).toList() : clear);
  }

  /**
   * Where the owner's mark leads. A target that failed over has a successor, known by the replica
   * that the target is now, or by the keys that it holds. A target that neither expects the slot
   * nor holds a key of it is no target: nothing has been moved there and nothing can have been
   * created there.
   */
  private static Optional<String> target(
      SlotSituation s, String owner, List<String> losers, boolean withoutAbsent)
      throws ClusterException {
    Optional<String> named = s.masters().get(owner).migratingTo();
    if (named.isEmpty()) {
      return Optional.empty();
    }
    String id = s.replicas().getOrDefault(named.get(), named.get());
    if (s.absentHolders().contains(id) && !withoutAbsent) {
      throw new ClusterException(
          "slot "
              + s.slot()
              + " was on its way to "
              + id
              + ", which cannot be reached and may hold keys of it: start it, or let a replica take"
              + " over, or give its data up with --without-absent");
    }
    Optional<String> heir =
        s.masters().containsKey(id)
            ? Optional.of(id)
            : s.holders().stream().filter(h -> !h.equals(owner)).findFirst();
    return heir.filter(
        h ->
            !h.equals(owner)
                && !losers.contains(h)
                && (s.keysOn(h) > 0 || s.masters().get(h).importingFrom().isPresent()));
  }

  /** Masters whose marks nobody takes away in passing. */
  private static List<String> markedExcept(SlotSituation s, String owner, String target) {
    return s.masters().entrySet().stream()
        .filter(entry -> !entry.getKey().equals(owner) && !entry.getKey().equals(target))
        .filter(entry -> entry.getValue().isMarked() || s.keysOn(entry.getKey()) > 0)
        .map(Map.Entry::getKey)
        .toList();
  }
}
