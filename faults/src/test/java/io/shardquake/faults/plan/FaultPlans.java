package io.shardquake.faults.plan;

import io.shardquake.checkers.topology.SlotRange;
import io.shardquake.faults.plan.Selector.Group;
import io.shardquake.faults.plan.Selector.Nodes;
import io.shardquake.faults.plan.Selector.Related;
import io.shardquake.faults.plan.Selector.Relation;
import java.time.Duration;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Any plan there can be, and its parts. */
public final class FaultPlans extends DomainContextBase {
  @Provide
  Arbitrary<Selector> selectors() {
    Arbitrary<Place> slots =
        Arbitraries.integers().between(0, SlotRange.SLOTS - 1).map(Place.Slot::new);
    Arbitrary<Place> keys = Arbitraries.strings().excludeChars('\uFEFF').map(Place.Key::new);
    Arbitrary<Selector> groups = Arbitraries.of(Group.values());
    Arbitrary<Selector> nodes =
        Arbitraries.integers().between(1, 100).list().ofMinSize(1).ofMaxSize(6).map(Nodes::new);
    Arbitrary<Selector> related =
        Combinators.combine(Arbitraries.of(Relation.values()), Arbitraries.oneOf(slots, keys))
            .as(Related::new);
    return Arbitraries.oneOf(groups, nodes, related);
  }

  @Provide
  Arbitrary<Fault> faults() {
    Arbitrary<String> kinds =
        Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(12);
    Arbitrary<Duration> times =
        Arbitraries.longs().between(0, Duration.ofDays(10).toNanos()).map(Duration::ofNanos);
    Arbitrary<TreeMap<String, String>> parameters =
        Arbitraries.maps(Arbitraries.strings(), Arbitraries.strings())
            .ofMaxSize(3)
            .map(TreeMap::new);
    return Combinators.combine(kinds, selectors(), times, times, Arbitraries.longs(), parameters)
        .as(Fault::new);
  }

  @Provide
  Arbitrary<FaultPlan> plans() {
    return faults().list().ofMaxSize(8).map(FaultPlan::new);
  }
}
