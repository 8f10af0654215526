package io.shardquake.checkers.recording;

import java.util.List;
import java.util.function.Function;

/**
 * What a file held.
 *
 * @param content all that could be read
 * @param remarks one line each on what was left out, such as a torn last line; empty if nothing was
 */
public record Recorded<T>(T content, List<String> remarks) {
  public Recorded {
    remarks = List.copyOf(remarks);
  }

  /** The same with what {@code form} makes of the content. */
  public <R> Recorded<R> map(Function<? super T, ? extends R> form) {
    return new Recorded<>(form.apply(content), remarks);
  }
}
