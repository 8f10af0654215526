package io.shardquake.node.core.administration;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.client.Blocked;
import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.WaitingClients;
import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.CommandHandler;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.config.ConfigurationFile;
import io.shardquake.node.core.persistence.DiskRequests;
import io.shardquake.node.core.persistence.FileReading;
import io.shardquake.node.core.persistence.WholeFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/**
 * CONFIG REWRITE: the file is read, written anew beside itself and then renamed, so that a full
 * disk leaves the old one as it is. Its client waits meanwhile. Not thread-safe.
 */
public final class ConfigRewrite implements CommandHandler {
  private final Configuration configuration;
  private final DiskRequests disk;
  private final WaitingClients waiting;
  private final Outbox outbox;
  private final Supplier<String> file;
  private final Supplier<List<String>> users;

  /**
   * The command.
   *
   * @param file the configuration file's path; empty if there is none
   * @param users the lines of the users
   */
  public ConfigRewrite(
      Configuration configuration,
      DiskRequests disk,
      WaitingClients waiting,
      Outbox outbox,
      Supplier<String> file,
      Supplier<List<String>> users) {
    this.configuration = configuration;
    this.disk = disk;
    this.waiting = waiting;
    this.outbox = outbox;
    this.file = file;
    this.users = users;
  }

  @Override
  public void execute(CommandContext context) {
    if (file.get().isEmpty()) {
      throw new ErrorReply("ERR The server is running without a config file");
    }
    if (!context.mayBlock()) {
      throw new ErrorReply("ERR CONFIG REWRITE cannot run inside a transaction here");
    }
    Client client = context.client();
    context.block(List.of(), Long.MAX_VALUE, () -> {});
    Blocked blocked = client.blocked().orElseThrow();
    new FileReading(disk, file.get(), new OldFile(client, blocked)).begin();
  }

  @SuppressWarnings("ReferenceEquality") // This wait, not another one like it.
  private void answer(Client client, Blocked blocked, String error) {
    if (client.blocked().filter(by -> by == blocked).isEmpty()) {
      return;
    }
    if (error.isEmpty()) {
      client.reply().ok();
    } else {
      client.reply().error("ERR Rewriting config file: " + error);
    }
    waiting.release(client);
  }

  private void write(String text, Client client, Blocked blocked) {
    String beside = file.get() + ".tmp";
    outbox.toDisk(new Effect.Delete(beside));
    disk.append(
        beside,
        text.getBytes(StandardCharsets.UTF_8),
        error -> {
          if (error.isEmpty()) {
            outbox.toDisk(new Effect.Rename(beside, file.get()));
          }
          answer(client, blocked, error);
        });
  }

  private final class OldFile extends WholeFile {
    private final Client client;
    private final Blocked blocked;

    OldFile(Client client, Blocked blocked) {
      this.client = client;
      this.blocked = blocked;
    }

    @Override
    protected void read(byte[] content, boolean exists) {
      String old = new String(content, StandardCharsets.UTF_8);
      write(ConfigurationFile.rewritten(old, configuration, users.get()), client, blocked);
    }

    @Override
    public void failed(String reason) {
      answer(client, blocked, reason);
    }
  }
}
