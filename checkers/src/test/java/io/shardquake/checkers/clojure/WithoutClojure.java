package io.shardquake.checkers.clojure;

import io.shardquake.checkers.edn.EdnHistoryReader;
import io.shardquake.checkers.edn.EdnHistoryReader.Values;
import io.shardquake.checkers.history.History;
import io.shardquake.checkers.history.Value;
import io.shardquake.checkers.linearizability.LinearizabilityCheck;
import io.shardquake.checkers.linearizability.LinearizabilityOptions;
import io.shardquake.checkers.linearizability.model.Models;
import java.io.IOException;
import java.nio.file.Path;

/** A program that reads a history of Jepsen's and judges it, to be run without Clojure. */
public final class WithoutClojure {
  private WithoutClojure() {}

  /**
   * Prints the verdict.
   *
   * @param arguments a file
   */
  public static void main(String[] arguments) throws IOException {
    History history = EdnHistoryReader.read(Path.of(arguments[0]), Values.PLAIN).content();
    System.out.print(
        LinearizabilityCheck.run(
                history, LinearizabilityOptions.of(Models.casRegister(Value.nil())))
            .validity());
  }
}
