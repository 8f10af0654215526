package io.shardquake.node.core.acl;

import io.shardquake.node.core.Effect;
import io.shardquake.node.core.Outbox;
import io.shardquake.node.core.client.Blocked;
import io.shardquake.node.core.client.Client;
import io.shardquake.node.core.client.WaitingClients;
import io.shardquake.node.core.command.CommandContext;
import io.shardquake.node.core.command.ErrorReply;
import io.shardquake.node.core.config.Configuration;
import io.shardquake.node.core.persistence.DiskRequests;
import io.shardquake.node.core.persistence.FileReading;
import io.shardquake.node.core.persistence.WholeFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * ACL LOAD and ACL SAVE: users in a file of their own ({@code aclfile}). Clients wait for the disk
 * meanwhile. Not thread-safe.
 */
public final class AclFile {
  private static final String NO_FILE =
      "ERR This Redis instance is not configured to use an ACL file. You may want to specify users"
          + " via the ACL SETUSER command and then issue a CONFIG REWRITE (assuming you have a"
          + " Redis configuration file set) in order to store users in the Redis configuration.";

  private final AccessControl control;
  private final Configuration configuration;
  private final DiskRequests disk;
  private final WaitingClients waiting;
  private final Outbox outbox;

  public AclFile(
      AccessControl control,
      Configuration configuration,
      DiskRequests disk,
      WaitingClients waiting,
      Outbox outbox) {
    this.control = control;
    this.configuration = configuration;
    this.disk = disk;
    this.waiting = waiting;
    this.outbox = outbox;
  }

  private String file() {
    return configuration.text("aclfile");
  }

  /** Makes a client wait for the disk. */
  private Blocked block(CommandContext context) {
    if (file().isEmpty()) {
      throw new ErrorReply(NO_FILE);
    }
    if (!context.mayBlock()) {
      throw new ErrorReply("ERR users cannot be loaded or saved inside a transaction here");
    }
    context.block(List.of(), Long.MAX_VALUE, () -> {});
    return context.client().blocked().orElseThrow();
  }

  @SuppressWarnings("ReferenceEquality") // This wait, not another one like it.
  private void answer(Client client, Blocked blocked, Optional<String> error) {
    if (client.blocked().filter(by -> by == blocked).isEmpty()) {
      return;
    }
    error.ifPresentOrElse(client.reply()::error, client.reply()::ok);
    waiting.release(client);
  }

  /** ACL LOAD. */
  void load(CommandContext context) {
    Blocked blocked = block(context);
    new FileReading(disk, file(), new Loading(context.client(), blocked)).begin();
  }

  /** ACL SAVE. */
  void save(CommandContext context) {
    Client client = context.client();
    Blocked blocked = block(context);
    String text =
        control.users().stream().map(user -> user.text() + "\n").collect(Collectors.joining());
    String beside = file() + ".tmp";
    outbox.toDisk(new Effect.Delete(beside));
    disk.append(
        beside,
        text.getBytes(StandardCharsets.ISO_8859_1),
        error -> {
          if (error.isEmpty()) {
            outbox.toDisk(new Effect.Rename(beside, file()));
            answer(client, blocked, Optional.empty());
          } else {
            outbox.log(Effect.Level.WARNING, "Opening temp ACL file for ACL SAVE: " + error);
            String reply =
                "ERR There was an error trying to save the ACLs. Please check the server logs for"
                    + " more information";
            answer(client, blocked, Optional.of(reply));
          }
        });
  }

  private final class Loading extends WholeFile {
    private final Client client;
    private final Blocked blocked;

    Loading(Client client, Blocked blocked) {
      this.client = client;
      this.blocked = blocked;
    }

    @Override
    protected void read(byte[] content, boolean exists) {
      if (!exists) {
        failed("No such file or directory");
        return;
      }
      Optional<String> error = Optional.empty();
      try {
        control.replace(file(), new String(content, StandardCharsets.ISO_8859_1));
      } catch (IllegalArgumentException wrong) {
        error = Optional.of("ERR " + wrong.getMessage());
      }
      answer(client, blocked, error);
    }

    @Override
    public void failed(String reason) {
      String error = "ERR Error loading ACLs, opening file '" + file() + "': " + reason;
      answer(client, blocked, Optional.of(error));
    }
  }
}
