package io.shardquake.harness.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.topology.TopologySample;
import io.shardquake.faults.Capabilities;
import io.shardquake.faults.ClusterControl;
import io.shardquake.faults.NodeStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class TopologySamplerTest {
  private static final Duration OFTEN = Duration.ofMillis(1);

  private final List<TopologySample> recorded = new CopyOnWriteArrayList<>();
  private final ViewsOnly cluster = new ViewsOnly();

  @Test
  void goesOnAskingTheOthersWhileOneDoesNotAnswer() {
    cluster.silent.put("n2", new CompletableFuture<>());
    try (TopologySampler sampler = TopologySampler.start(cluster, OFTEN, recorded::add)) {
      assertThat(sampler).isNotNull();
      await().until(() -> samplesOf("n1") >= 5 && samplesOf("n3") >= 5);

      assertThat(samplesOf("n2")).as("samples of the silent node").isZero();
      assertThat(cluster.asked("n2")).as("questions waiting for the silent node").isEqualTo(1);
    }
  }

  @Test
  void asksAgainWhenTheAnswerHasCome() {
    CompletableFuture<TopologySample> late = new CompletableFuture<>();
    cluster.silent.put("n2", late);
    try (TopologySampler sampler = TopologySampler.start(cluster, OFTEN, recorded::add)) {
      assertThat(sampler).isNotNull();
      await().until(() -> cluster.asked("n2") == 1);
      cluster.silent.remove("n2");
      late.complete(new TopologySample(7, "n2", "", "", "no answer in time"));

      await().until(() -> samplesOf("n2") >= 3);
      assertThat(recorded).contains(new TopologySample(7, "n2", "", "", "no answer in time"));
    }
  }

  @Test
  void recordsNothingAfterItWasClosed() {
    CompletableFuture<TopologySample> late = new CompletableFuture<>();
    cluster.silent.put("n2", late);
    TopologySampler sampler = TopologySampler.start(cluster, OFTEN, recorded::add);
    await().until(() -> cluster.asked("n2") == 1);
    sampler.close();
    int before = recorded.size();

    late.complete(new TopologySample(9, "n2", "nodes", "info", ""));

    assertThat(recorded).hasSize(before);
  }

  @Test
  void samplesAllOnceOnRequest() {
    try (TopologySampler sampler =
        TopologySampler.start(cluster, Duration.ofHours(1), recorded::add)) {
      await().until(() -> recorded.size() == 3);

      sampler.sampleOnce().join();

      assertThat(recorded).hasSize(6);
    }
  }

  @Test
  void endsWhenItsSinkFails() {
    AtomicInteger calls = new AtomicInteger();
    try (TopologySampler sampler =
        TopologySampler.start(
            cluster,
            OFTEN,
            sample -> {
              calls.incrementAndGet();
              throw new IllegalStateException("no space left on device");
            })) {
      await().until(() -> calls.get() > 0);
      sampler.sampleOnce().join();
      sampler.sampleOnce().join();

      assertThat(calls).hasValue(1);
    }
  }

  private long samplesOf(String node) {
    return recorded.stream().filter(sample -> sample.observer().equals(node)).count();
  }

  /** A cluster that answers at once, except where a test holds the answer back. */
  private static final class ViewsOnly implements ClusterControl {
    private final Map<String, CompletableFuture<TopologySample>> silent = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

    int asked(String node) {
      return asked.getOrDefault(node, new AtomicInteger()).get();
    }

    @Override
    public List<String> nodes() {
      return List.of("n1", "n2", "n3");
    }

    @Override
    public CompletionStage<TopologySample> view(String node) {
      asked.computeIfAbsent(node, name -> new AtomicInteger()).incrementAndGet();
      return silent.getOrDefault(
          node,
          CompletableFuture.completedFuture(new TopologySample(1, node, "nodes", "info", "")));
    }

    @Override
    public Capabilities capabilities() {
      return new Capabilities(Map.of());
    }

    @Override
    public NodeStatus status(String node) {
      return new NodeStatus(node, 1, NodeStatus.State.RUNNING);
    }

    @Override
    public CompletionStage<Value> command(String node, List<String> words) {
      return unexpected();
    }

    @Override
    public CompletionStage<Void> kill(String node) {
      return unexpected();
    }

    @Override
    public CompletionStage<Void> stop(String node) {
      return unexpected();
    }

    @Override
    public CompletionStage<Void> start(String node) {
      return unexpected();
    }

    @Override
    public CompletionStage<Void> pause(String node) {
      return unexpected();
    }

    @Override
    public CompletionStage<Void> resume(String node) {
      return unexpected();
    }

    private static <T> CompletionStage<T> unexpected() {
      throw new AssertionError("a sampler only asks for views");
    }
  }
}
