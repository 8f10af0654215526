package io.shardquake.node.core.persistence;

import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.Transaction;
import io.shardquake.node.core.command.CommandFlag;
import io.shardquake.node.core.command.CommandSpec;
import io.shardquake.node.core.command.Gatekeeper;
import io.shardquake.node.core.config.Configuration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Refuses what must not be done while data is being loaded, or cannot be kept. */
final class PersistenceGates {
  private static final String SNAPSHOTS_FAIL =
      "MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to"
          + " disk. Commands that may modify the data set are disabled, because this instance is"
          + " configured to report errors during writes if RDB snapshotting fails"
          + " (stop-writes-on-bgsave-error option). Please check the Redis logs for details about"
          + " the RDB error.";

  private final Configuration configuration;
  private final RdbSaves saves;
  private final AppendOnlyFile aof;
  private final BooleanSupplier loading;

  PersistenceGates(
      Configuration configuration, RdbSaves saves, AppendOnlyFile aof, BooleanSupplier loading) {
    this.configuration = configuration;
    this.saves = saves;
    this.aof = aof;
    this.loading = loading;
  }

  /** Refuses writes, and PING, while they could not be kept. */
  Gatekeeper misconfiguration() {
    return (client, spec, request) -> {
      if (!writes(client, spec) && !spec.name().equals("ping")) {
        return Optional.empty();
      }
      if (saves.hasFailed()
          && configuration.yes("stop-writes-on-bgsave-error")
          && saves.hasSavePoints()) {
        return Optional.of(SNAPSHOTS_FAIL);
      }
      return aof.isOn() && aof.writer().hasFailed()
          ? Optional.of("MISCONF Errors writing to the AOF file: Input/output error")
          : Optional.empty();
    };
  }

  /** Refuses most commands while the data of an earlier life is being loaded. */
  Gatekeeper loading() {
    return (client, spec, request) ->
        loading.getAsBoolean() && !spec.is(CommandFlag.LOADING)
            ? Optional.of("LOADING Redis is loading the dataset in memory")
            : Optional.empty();
  }

  private static boolean writes(Client client, CommandSpec spec) {
    return spec.is(CommandFlag.WRITE)
        || (spec.name().equals("exec")
            && client.transaction().map(Transaction::hasWrites).orElse(false));
  }
}
