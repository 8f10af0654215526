package io.shardquake.node.core.keyspace;

import java.util.List;

/** The libraries of functions that are kept and replicated with the data. */
public interface FunctionStore {
  /** A store that is always empty. */
  FunctionStore NONE =
      new FunctionStore() {
        @Override
        public List<byte[]> codes() {
          return List.of();
        }

        @Override
        public void load(byte[] code) {
          throw new IllegalArgumentException("no functions are run here");
        }

        @Override
        public void clear() {}
      };

  /** The code of every library. */
  List<byte[]> codes();

  /**
   * Adds a library.
   *
   * @throws IllegalArgumentException whose message says what is wrong with the code
   */
  void load(byte[] code);

  /** Removes all libraries. */
  void clear();
}
