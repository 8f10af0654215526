package io.shardquake.workloads.cluster;

import io.shardquake.workloads.client.Outcome;
import io.shardquake.workloads.protocol.Command;
import java.util.List;

/** What an operation needs done next. */
sealed interface Move {
  /** Calls the performer's method for this case. */
  void performBy(Performer performer);

  /** Send these commands, and tell the pursuit of the replies or the failure. */
  record Send(ClusterNode to, List<Command> commands) implements Move {
    @Override
    public void performBy(Performer performer) {
      performer.send(to, commands);
    }
  }

  /** Hear what is published, and tell the pursuit of it or of the failure. */
  record Listen(ClusterNode to, Listening listening) implements Move {
    @Override
    public void performBy(Performer performer) {
      performer.listen(to, listening);
    }
  }

  /** Wait for so long, then tell the pursuit. */
  record Wait(long nanos) implements Move {
    @Override
    public void performBy(Performer performer) {
      performer.await(nanos);
    }
  }

  /** The operation is over. */
  record Finish(Outcome outcome) implements Move {
    @Override
    public void performBy(Performer performer) {
      performer.finish(outcome);
    }
  }

  /** Does what moves say. */
  interface Performer {
    void send(ClusterNode to, List<Command> commands);

    void listen(ClusterNode to, Listening listening);

    void await(long nanos);

    void finish(Outcome outcome);
  }
}
