package io.shardquake.checkers.contract;

import io.shardquake.checkers.Findings;
import io.shardquake.checkers.Verdict;
import io.shardquake.checkers.history.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/** The verdict on a promise: it names the promise among its figures. */
final class PromiseVerdict {
  private final Map<String, Value> figures = new LinkedHashMap<>();

  /**
   * @param promises identifiers, as in {@code docs/contract.md}
   */
  PromiseVerdict(String promises) {
    figures.put("promises", Value.of(promises));
  }

  PromiseVerdict with(String figure, long number) {
    figures.put(figure, Value.of(number));
    return this;
  }

  Verdict of(String checker, Findings findings, String otherwise) {
    return findings.verdict(checker, otherwise, new Value.Mapping(figures));
  }
}
