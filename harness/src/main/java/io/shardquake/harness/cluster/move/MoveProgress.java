package io.shardquake.harness.cluster.move;

/** Told how far moving has got, by several threads. */
public interface MoveProgress {
  /** Tells nobody. */
  MoveProgress SILENT =
      new MoveProgress() {
        @Override
        public void keys(int count) {}

        @Override
        public void slots(int count) {}
      };

  /** So many keys more have arrived. */
  void keys(int count);

  /** So many slots more have a new owner. */
  void slots(int count);
}
