package io.shardquake.node.core.persistence;

import io.shardquake.node.core.info.InfoSection;
import io.shardquake.node.core.info.InfoText;
import java.util.function.BooleanSupplier;

/** INFO persistence. */
final class PersistenceSection implements InfoSection {
  private final RdbSaves saves;
  private final AppendOnlyFile aof;
  private final BooleanSupplier loading;

  PersistenceSection(RdbSaves saves, AppendOnlyFile aof, BooleanSupplier loading) {
    this.saves = saves;
    this.aof = aof;
    this.loading = loading;
  }

  @Override
  public String name() {
    return "persistence";
  }

  @Override
  public void write(InfoText text) {
    text.field("loading", loading.getAsBoolean());
    text.field("async_loading", false);
    text.none(
        "current_cow_peak",
        "current_cow_size",
        "current_cow_size_age",
        "current_save_keys_processed",
        "current_save_keys_total");
    text.field("rdb_changes_since_last_save", saves.changes());
    text.field("rdb_bgsave_in_progress", saves.isRunning());
    text.field("rdb_last_save_time", saves.lastSave() / 1000);
    text.field("rdb_last_bgsave_status", saves.hasFailed() ? "err" : "ok");
    text.field("rdb_last_bgsave_time_sec", saves.lastSeconds());
    text.field("rdb_current_bgsave_time_sec", saves.currentSeconds());
    text.none("rdb_last_cow_size");
    text.field("aof_enabled", aof.isOn());
    text.field("aof_rewrite_in_progress", aof.isRewriting());
    text.field("aof_rewrite_scheduled", aof.isScheduled());
    text.field("aof_last_rewrite_time_sec", aof.lastRewriteSeconds());
    text.field("aof_current_rewrite_time_sec", aof.currentRewriteSeconds());
    text.field("aof_last_bgrewrite_status", aof.hasFailed() ? "err" : "ok");
    text.field("aof_last_write_status", aof.writer().hasFailed() ? "err" : "ok");
    text.none("aof_last_cow_size", "module_fork_in_progress", "module_fork_last_cow_size");
    if (aof.isOn()) {
      text.field("aof_current_size", aof.size());
      text.field("aof_base_size", aof.sizeAfterRewrite());
      text.field("aof_pending_rewrite", aof.isScheduled());
      text.field("aof_pending_bio_fsync", aof.writer().isSyncing());
    }
  }
}
