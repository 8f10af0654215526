package io.shardquake.harness.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardquake.harness.conformance.suite.Suite;
import io.shardquake.harness.target.ServerDescription;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PromisesTest {
  private final Promises promises = Promises.load();

  @Test
  void theListHasAllPromisesOfAllChapters() {
    assertThat(promises.promises()).hasSize(125);
    assertThat(promises.chapters()).hasSize(14).containsKeys("A", "N");
    assertThat(promises.promises().values())
        .allSatisfy(
            promise -> {
              assertThat(promises.chapters()).containsKey(promise.chapter());
              assertThat(promise.text()).isNotBlank();
              assertThat(promise.sources()).isNotBlank();
            });
  }

  @Test
  void everyPromiseHasATestOrAReasonWhyNot() {
    SortedSet<String> settled = new TreeSet<>(new ConformanceRun(Suite.CLASSES).tests().keySet());
    assertThat(settled).doesNotContainAnyElementsOf(promises.untestable().keySet());
    settled.addAll(promises.untestable().keySet());

    assertThat(settled).isEqualTo(promises.promises().keySet());
    assertThat(promises.untestable().values()).allSatisfy(why -> assertThat(why).isNotBlank());
  }

  @Test
  void profilesSpeakOnlyOfPromisesThatExist() {
    assertThat(Profile.all())
        .extracting(Profile::name)
        .containsExactly("redis-6", "redis-7", "valkey-8", "valkey-9");
    assertThat(Profile.all())
        .allSatisfy(
            profile -> {
              assertThat(promises.promises().keySet()).containsAll(profile.notPromised().keySet());
              assertThat(profile.numbers().keySet())
                  .isEqualTo(Profile.all().get(0).numbers().keySet());
            });
    assertThatThrownBy(() -> Profile.named("redis-5"))
        .hasMessage(
            "no profile is called 'redis-5' (there are redis-6, redis-7, valkey-8, valkey-9)");
  }

  @ParameterizedTest
  @CsvSource({
    "redis, 2.8.19, redis-6",
    "redis, 6.2.5, redis-6",
    "redis, 7.0.15, redis-7",
    "redis, 8.2.1, redis-7",
    "valkey, 7.2.5, redis-7",
    "valkey, 8.0.1, valkey-8",
    "valkey, 9.1.2, valkey-9",
    "shardquake-reference-node, 0.1.0, redis-7",
    "shardquake-reference-node, '', redis-7",
  })
  void aServerIsHeldToItsGeneration(String product, String version, String profile) {
    assertThat(Profile.usualFor(new ServerDescription(product, version, "", "", "")).name())
        .isEqualTo(profile);
  }
}
