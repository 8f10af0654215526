package io.shardquake.faults.injector.admin;

import io.shardquake.checkers.history.Value;
import io.shardquake.faults.nemesis.Injection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Tells nodes what an administrator would. */
public final class NodeCommands {
  private final Injection injection;

  public NodeCommands(Injection injection) {
    this.injection = injection;
  }

  /** Sends a command and completes with the text of its reply. Fails with the error as sent. */
  public CompletionStage<String> tell(String node, String... words) {
    List<String> command = List.of(words);
    return injection
        .waits()
        .within(
            injection.bounds().answer(),
            String.join(" ", command),
            () -> injection.cluster().command(node, command))
        .thenApply(NodeCommands::text);
  }

  private static String text(Value reply) {
    return reply instanceof Value.Text text ? text.value() : reply.toString();
  }

  /** The value of one field of INFO, or of another reply of lines {@code name:value}. */
  public static Optional<String> field(String info, String name) {
    return info.lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }
}
