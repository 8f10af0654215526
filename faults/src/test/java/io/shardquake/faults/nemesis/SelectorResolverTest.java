package io.shardquake.faults.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.checkers.faultlog.FaultEvent.Phase;
import io.shardquake.faults.plan.Fault;
import io.shardquake.faults.plan.Selector;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SelectorResolverTest {
  private final VirtualTime time = new VirtualTime();
  private final FakeCluster cluster = new FakeCluster(time);
  private final SelectorResolver resolver =
      new SelectorResolver(cluster, new Waits(time), Bounds.DEFAULT);

  private List<String> resolve(String selector, long draw) {
    Fault fault =
        new Fault(
            "kill",
            Selector.parse(selector),
            Duration.ZERO,
            Duration.ZERO,
            draw,
            Collections.emptySortedMap());
    var resolved = resolver.resolve(fault).toCompletableFuture();
    time.run(Duration.ofSeconds(10));
    return resolved.join();
  }

  private List<String> resolve(String selector) {
    return resolve(selector, 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "node 3|n3",
        "nodes 5,2|n2,n5",
        "master-of(slot 0)|n1",
        "master-of(slot 16383)|n3",
        "master-of(key foo)|n3",
        "master-of(key {foo}bar)|n3",
        "replica-of(slot 0)|n4",
        "shard-of(slot 6000)|n2,n5",
        "all-masters|n1,n2,n3",
        "all-replicas|n4,n5,n6",
        "every-node|n1,n2,n3,n4,n5,n6"
      })
  void findsWhoIsMeant(String selector, String nodes) {
    assertThat(resolve(selector)).containsExactly(nodes.split(",", -1));
  }

  @ParameterizedTest
  @CsvSource({
    "random-node,1",
    "random-master,1",
    "random-replica,1",
    "random-shard,2",
    "minority,1",
    "majority,2"
  })
  void drawsAsManyAsTheWordSays(String selector, int count) {
    for (long draw = 0; draw < 20; draw++) {
      assertThat(resolve(selector, draw))
          .as("draw %s", draw)
          .hasSize(count)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void drawsEachMasterForSomeNumber() {
    assertThat(
            java.util.stream.LongStream.range(0, 50)
                .mapToObj(draw -> resolve("random-master", draw).get(0)))
        .contains("n1", "n2", "n3")
        .doesNotContain("n4", "n5", "n6");
  }

  @Test
  void drawsTheSameForTheSameNumberThoughAnotherCandidateIsGone() {
    for (long draw = 0; draw < 20; draw++) {
      String chosen = resolve("random-replica", draw).get(0);
      String other = chosen.equals("n4") ? "n5" : "n4";
      cluster.die(other);
      assertThat(resolve("random-replica", draw)).containsExactly(chosen);
      cluster.start(other);
      time.run(Duration.ofSeconds(1));
    }
  }

  @Test
  void drawsAmongTheLivingOnly() {
    resolve("all-masters");
    cluster.kill("n1");
    cluster.kill("n2");

    for (long draw = 0; draw < 20; draw++) {
      assertThat(resolve("random-master", draw)).containsExactly("n3");
    }
  }

  @Test
  void knowsADeadMasterByWhatOthersSayOfIt() {
    resolve("all-masters");
    cluster.kill("n1");

    assertThat(resolve("master-of(slot 0)")).containsExactly("n1");
    assertThat(resolve("shard-of(slot 0)")).containsExactly("n1", "n4");
  }

  @Test
  void knowsAPausedMasterByWhatOthersSayOfIt() {
    resolve("all-masters");
    cluster.pause("n2");

    assertThat(resolve("master-of(slot 6000)")).containsExactly("n2");
    assertThat(resolve("random-master", 3)).isNotEmpty();
  }

  @Test
  void believesTheGreaterEpochAfterAFailover() {
    cluster.promote("n4");

    assertThat(resolve("master-of(slot 0)")).containsExactly("n4");
    assertThat(resolve("all-masters")).containsExactly("n2", "n3", "n4");
  }

  @Test
  void leavesOutWhoNeverSaidWhoItIs() {
    cluster.pause("n1");

    assertThat(resolve("master-of(slot 0)")).isEmpty();
  }

  @Test
  void resolvesWhenTheFaultFiresNotBefore() {
    Story story = new Story().with("kill", "master-of(slot 0)", "10s", "1s");
    story.run("5s");
    story.cluster.promote("n4");
    story.time.run(Duration.ofSeconds(30));

    assertThat(story.event(0, Phase.INJECT).nodes()).containsExactly("n4");
  }
}
