package io.shardquake.node.core.persistence;

import io.shardquake.node.core.rdb.CorruptRdb;
import io.shardquake.node.core.rdb.RdbLoader;
import java.util.function.Consumer;

/** Takes the RDB file up at the start of the node. Not thread-safe. */
final class RdbFileLoad implements FileReading.Reader {
  private static final int BUDGET = 1 << 20;

  private final RdbLoader loader;
  private final Consumer<RdbLoader> then;
  private final Consumer<String> otherwise;
  private boolean broken;

  /**
   * A load.
   *
   * @param then takes the loader when the file is complete, or does not exist
   * @param otherwise hears why it cannot be used
   */
  RdbFileLoad(RdbLoader loader, Consumer<RdbLoader> then, Consumer<String> otherwise) {
    this.loader = loader;
    this.then = then;
    this.otherwise = otherwise;
  }

  @Override
  public void piece(byte[] data) {
    if (broken) {
      return;
    }
    loader.feed(data);
    try {
      boolean more = true;
      while (more) {
        more = loader.load(BUDGET);
      }
    } catch (CorruptRdb e) {
      failed(e.getMessage());
    }
  }

  @Override
  public void end(boolean exists) {
    if (broken) {
      return;
    }
    if (exists && !loader.isComplete()) {
      failed("it ends too early");
    } else {
      then.accept(loader);
    }
  }

  @Override
  public void failed(String reason) {
    broken = true;
    otherwise.accept(reason);
  }
}
