package io.shardquake.harness.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.shardquake.checkers.Checker;
import io.shardquake.checkers.Evidence;
import io.shardquake.checkers.Limits;
import io.shardquake.checkers.edn.EdnHistoryReader;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.HistoryReader;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.history.ValueJson;
import io.shardquake.checkers.linearizability.Algorithm;
import io.shardquake.checkers.linearizability.LinearizabilityChecker;
import io.shardquake.checkers.linearizability.LinearizabilityOptions;
import io.shardquake.checkers.linearizability.NilReads;
import io.shardquake.checkers.linearizability.model.Model;
import io.shardquake.checkers.linearizability.model.Models;
import io.shardquake.checkers.recording.Recorded;
import io.shardquake.checkers.transactions.IsolationLevel;
import io.shardquake.checkers.transactions.TransactionChecker;
import io.shardquake.harness.experiment.Contract;
import io.shardquake.harness.judge.JudgedRun;
import io.shardquake.reports.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A history that a user names.
 *
 * @param file ours, or Jepsen's if its name ends in {@code .edn}
 * @param options how to judge it
 */
record HistoryInput(Path file, HistoryOptions options) {

  /**
   * Judges it for linearizability, or its transactions for strict serializability.
   *
   * @throws UsageException if there is no such file, or the options make no sense
   * @throws IOException if it cannot be read; a {@link
   *     io.shardquake.checkers.recording.MalformedRecordingException} if it is no history
   */
  JudgedRun judge(Limits limits) throws UsageException, IOException {
    if (!Files.exists(file)) {
      throw new UsageException(file + " does not exist");
    }
    Checker checker = checker();
    Recorded<History> read = read();
    History history = read.content();
    Evidence evidence = Evidence.of(history);
    return new JudgedRun(
        RunSummary.ofHistory(
            file.getFileName().toString(), Duration.ofNanos(endNanos(history)), promised(), file),
        evidence,
        checker.check(evidence, limits),
        read.remarks());
  }

  private Checker checker() throws UsageException {
    if (!judgesTransactions()) {
      return new LinearizabilityChecker(linearizabilityOptions());
    }
    if (options.initial.isPresent() || options.algorithm.isPresent()) {
      throw new UsageException(
          HistoryOptions.LIST_APPEND + " takes neither --init nor --algorithm");
    }
    return new TransactionChecker();
  }

  private boolean judgesTransactions() {
    return options.model.equals(Optional.of(HistoryOptions.LIST_APPEND));
  }

  private String promised() {
    return judgesTransactions()
        ? IsolationLevel.STRICT_SERIALIZABLE.toString()
        : Contract.LINEARIZABLE.toString();
  }

  private boolean isEdn() {
    return file.getFileName().toString().endsWith(".edn");
  }

  private Recorded<History> read() throws IOException {
    if (isEdn()) {
      return EdnHistoryReader.read(
          file,
          options.independent
              ? EdnHistoryReader.Values.INDEPENDENT
              : EdnHistoryReader.Values.PLAIN);
    }
    return HistoryReader.read(file);
  }

  private LinearizabilityOptions linearizabilityOptions() throws UsageException {
    try {
      Model model = Models.named(options.model.orElse("cas-register"), initial());
      LinearizabilityOptions how = LinearizabilityOptions.of(model).withAlgorithm(algorithm());
      // Jepsen's nil may be a value that was not recorded, and is, where nothing can be nil.
      boolean startsWithValue = !initial().isNil();
      return how.withNilReads(isEdn() && startsWithValue ? NilReads.UNKNOWN : NilReads.VALUE);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private Value initial() {
    if (options.initial.isEmpty()) {
      return Value.nil();
    }
    String text = options.initial.get();
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      if (parser.nextToken() != null) {
        Value value = ValueJson.read(parser);
        if (parser.nextToken() == null) {
          return value;
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(notJson(text), e);
    }
    throw new IllegalArgumentException(notJson(text));
  }

  private static String notJson(String text) {
    return "--init takes a value as JSON, such as 0 or '\"a\"', not " + text;
  }

  private Algorithm algorithm() {
    String name = options.algorithm.orElse("auto");
    return Arrays.stream(Algorithm.values())
        .filter(algorithm -> word(algorithm).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no algorithm is called '"
                        + name
                        + "' (there are "
                        + Arrays.stream(Algorithm.values())
                            .map(HistoryInput::word)
                            .collect(Collectors.joining(", "))
                        + ")"));
  }

  private static String word(Algorithm algorithm) {
    return algorithm.name().toLowerCase(Locale.ROOT);
  }

  private static long endNanos(History history) {
    long end = 0;
    for (int row = 0; row < history.size(); row++) {
      end =
          Math.max(
              end,
              history.isCompleted(row)
                  ? history.completionTimeNanos(row)
                  : history.invocationTimeNanos(row));
    }
    return end;
  }
}
