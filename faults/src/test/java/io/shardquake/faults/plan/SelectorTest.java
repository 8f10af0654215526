package io.shardquake.faults.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardquake.faults.plan.Selector.Group;
import io.shardquake.faults.plan.Selector.Nodes;
import io.shardquake.faults.plan.Selector.Related;
import io.shardquake.faults.plan.Selector.Relation;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SelectorTest {

  @Property
  @Domain(FaultPlans.class)
  void isReadAsItWasWritten(@ForAll Selector selector) {
    assertThat(Selector.parse(selector.toString())).isEqualTo(selector);
  }

  @Test
  void readsTheWordsOfTheVocabulary() {
    assertThat(Selector.parse("node 3")).isEqualTo(Nodes.node(3));
    assertThat(Selector.parse("node n3")).isEqualTo(Nodes.node(3));
    assertThat(Selector.parse(" random-master ")).isEqualTo(Group.RANDOM_MASTER);
    assertThat(Selector.parse("master-of(slot 42)"))
        .isEqualTo(new Related(Relation.MASTER, new Place.Slot(42)));
    assertThat(Selector.parse("replica-of(key {user 1}) x)"))
        .isEqualTo(new Related(Relation.REPLICA, new Place.Key("{user 1}) x")));
  }

  @Test
  void ordersNodesAndNamesEachOnce() {
    assertThat(Selector.parse("nodes 3,1,n3").toString()).isEqualTo("nodes 1,3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "radom-master",
        "node",
        "node x",
        "nodes 1,,2",
        "node 0",
        "master-of(42)",
        "master-of(slot 42",
        "master-of(slot 16384)",
        "master-of(slot -1)",
        "node 99999999999"
      })
  void saysInOneLineWhatItCannotRead(String text) {
    assertThatThrownBy(() -> Selector.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .isNotEmpty()
        .doesNotContain("\n");
  }

  @Test
  void namesWhatIsPossible() {
    assertThatThrownBy(() -> Selector.parse("radom-master"))
        .hasMessageStartingWith("not a selector: 'radom-master' (one of node 3, nodes 1,2, random-")
        .hasMessageContaining("random-master")
        .hasMessageContaining("master-of(slot 42)");
  }
}
