package io.shardquake.harness.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** What {@code check} can be told of a history. */
final class HistoryOptions {
  /** The model that is no object but transactions over lists. */
  static final String LIST_APPEND = "list-append";

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description =
          "What the object is supposed to be: register, cas-register, multi-register, mutex,"
              + " fifo-queue, unordered-queue, set; or list-append, transactions over lists."
              + " (Default: cas-register.)")
  Optional<String> model = Optional.empty();

  @Option(
      names = "--init",
      paramLabel = "VALUE",
      description = "What it holds at first, as JSON: 0, '\"a\"', '[1, 2]'. (Default: nothing.)")
  Optional<String> initial = Optional.empty();

  @Option(
      names = "--independent",
      description = "EDN only: values are jepsen.independent tuples [key value]; judge key by key.")
  boolean independent;

  @Option(
      names = "--algorithm",
      paramLabel = "NAME",
      description = "auto, wgl, linear, competition or unique. (Default: auto.)")
  Optional<String> algorithm = Optional.empty();

  /** Whether any of them was given. */
  boolean given() {
    return model.isPresent() || initial.isPresent() || independent || algorithm.isPresent();
  }
}
