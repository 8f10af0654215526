package io.shardquake.workloads.cluster;

import io.shardquake.checkers.history.Attribution;
import io.shardquake.workloads.client.Client;
import io.shardquake.workloads.client.OperationError;
import io.shardquake.workloads.client.Outcome;
import io.shardquake.workloads.generator.Request;
import io.shardquake.workloads.protocol.Command;
import io.shardquake.workloads.protocol.Reply;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Drives one pursuit at a time over a transport and a timer. All fields belong to the serial. */
final class ClusterClient implements Client, Transport.Receiver, Move.Performer {
  /** What the current pursuit waits for. */
  private enum Waiting {
    REPLIES,
    BACKOFF
  }

  private final ClusterClients cluster;
  private final Transport transport;
  private final Serial serial = new Serial();

  private Optional<Pursuit> pursuit = Optional.empty();
  private Waiting waiting = Waiting.REPLIES;
  private Consumer<Outcome> done = outcome -> {};
  private Timer.Scheduled deadline = Timer.Scheduled.NONE;
  private Timer.Scheduled backoff = Timer.Scheduled.NONE;
  private Timer.Scheduled leaving = Timer.Scheduled.NONE;
  private long operation;
  private boolean outOfTime;
  private boolean closed;

  ClusterClient(ClusterClients cluster, Transport transport) {
    this.cluster = cluster;
    this.transport = transport;
  }

  @Override
  public void invoke(Request request, Consumer<Outcome> whenDone) {
    Pursuit begun = cluster.pursuit(cluster.mapping().conversation(request));
    serial.run(() -> begin(begun, whenDone));
  }

  @Override
  public void answered(List<Reply> replies) {
    serial.run(() -> pursuit.ifPresent(open -> open.answered(replies).performBy(this)));
  }

  @Override
  public void failed(OperationError error, boolean mayHaveLeft) {
    serial.run(() -> pursuit.ifPresent(open -> open.failed(error, mayHaveLeft).performBy(this)));
  }

  @Override
  public void close() {
    serial.run(
        () -> {
          closed = true;
          giveUp(OperationError.CLIENT_CLOSED);
          transport.close();
        });
  }

  @Override
  public void send(ClusterNode to, List<Command> commands) {
    if (outOfTime) {
      finishEarly();
      return;
    }
    waiting = Waiting.REPLIES;
    transport.send(to.endpoint(), commands, this);
  }

  @Override
  public void listen(ClusterNode to, Listening listening) {
    if (outOfTime) {
      finishEarly();
      return;
    }
    waiting = Waiting.REPLIES;
    long number = operation;
    leaving =
        cluster
            .timer()
            .schedule(
                Math.min(listening.nanos(), cluster.timeoutNanos() / 2),
                () -> serial.run(() -> leave(number)));
    transport.listen(to.endpoint(), listening, this);
  }

  private void leave(long number) {
    if (number == operation && pursuit.isPresent()) {
      transport.leave();
    }
  }

  @Override
  public void await(long nanos) {
    if (outOfTime) {
      finishEarly();
      return;
    }
    waiting = Waiting.BACKOFF;
    long number = operation;
    backoff = cluster.timer().schedule(nanos, () -> serial.run(() -> goOn(number)));
  }

  @Override
  public void finish(Outcome outcome) {
    deadline.cancel();
    backoff.cancel();
    leaving.cancel();
    if (pursuit.map(Pursuit::slotsDoubted).orElse(false)) {
      cluster.doubtSlots();
    }
    pursuit = Optional.empty();
    done.accept(outcome);
  }

  private void begin(Pursuit begun, Consumer<Outcome> whenDone) {
    if (closed) {
      String error = OperationError.NOT_SENT.label();
      whenDone.accept(new Outcome.Fail(error, Attribution.NONE));
      return;
    }
    if (pursuit.isPresent()) {
      throw new IllegalStateException("a client takes one request at a time");
    }
    pursuit = Optional.of(begun);
    done = whenDone;
    outOfTime = false;
    operation++;
    long number = operation;
    deadline = cluster.deadline(() -> serial.run(() -> endTime(number)));
    begun.start().performBy(this);
  }

  private void goOn(long number) {
    if (number == operation && waiting == Waiting.BACKOFF) {
      pursuit.ifPresent(open -> open.waited().performBy(this));
    }
  }

  private void endTime(long number) {
    if (number == operation) {
      giveUp(OperationError.TIMEOUT);
    }
  }

  private void giveUp(OperationError reason) {
    if (pursuit.isEmpty()) {
      return;
    }
    outOfTime = true;
    if (waiting == Waiting.BACKOFF) {
      finishEarly();
    } else {
      transport.abandon(reason);
    }
  }

  private void finishEarly() {
    pursuit.ifPresent(open -> open.outOfTime().performBy(this));
  }
}
