package io.shardquake.node.core.replication;

import java.util.List;

/** What others have to do when the link to the master gets somewhere. */
interface MasterEvents {
  /** All data is about to be replaced. */
  void beforeLoading();

  /** All data has been replaced. */
  void afterLoading();

  /** The master has agreed to synchronize, or not. */
  void answered(boolean agreed);

  /** What PSYNC is to end with. */
  List<String> lastWords();
}
