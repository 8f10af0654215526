package io.shardquake.harness.interpreter;

import io.shardquake.checkers.history.Attribution;
import io.shardquake.checkers.history.Value;
import io.shardquake.workloads.client.Client;
import io.shardquake.workloads.client.ClientFactory;
import io.shardquake.workloads.client.Outcome;
import io.shardquake.workloads.generator.Request;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Clients that do what a test wants. */
final class FakeClients implements ClientFactory {
  /** What a client does with a request. */
  interface Behaviour {
    void invoke(int process, Request request, Consumer<Outcome> done);
  }

  private final Behaviour behaviour;
  private final List<Integer> opened = new CopyOnWriteArrayList<>();
  private final List<Integer> closed = new CopyOnWriteArrayList<>();

  FakeClients(Behaviour behaviour) {
    this.behaviour = behaviour;
  }

  static Outcome ok() {
    return new Outcome.Ok(Value.nil(), Attribution.NONE);
  }

  static Outcome fail(String error) {
    return new Outcome.Fail(error, Attribution.NONE);
  }

  static Outcome info(String error) {
    return new Outcome.Info(error, Attribution.NONE);
  }

  /** Processes for which a client was opened, in order. */
  List<Integer> opened() {
    return opened;
  }

  /** Processes whose client was closed, in order. */
  List<Integer> closed() {
    return closed;
  }

  @Override
  public Client open(int process) {
    opened.add(process);
    return new Client() {
      @Override
      public void invoke(Request request, Consumer<Outcome> done) {
        behaviour.invoke(process, request, done);
      }

      @Override
      public void close() {
        closed.add(process);
      }
    };
  }

  @Override
  public void close() {}
}
