package io.shardquake.harness.store;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;

/** A run directory could not be written or read. The message is one line for the user. */
public final class StoreException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** The JDK's exceptions for these carry the path alone. */
  private static final Map<Class<?>, String> REASONS =
      Map.of(
          NoSuchFileException.class, "no such file or directory",
          AccessDeniedException.class, "permission denied",
          FileAlreadyExistsException.class, "a file of that name is in the way",
          NotDirectoryException.class, "not a directory");

  public StoreException(String message) {
    super(message);
  }

  private StoreException(String message, IOException cause) {
    super(message, cause);
  }

  /** That {@code path} could not be written, and what to do about it. */
  public static StoreException writing(Path path, IOException cause) {
    return new StoreException(
        "cannot write "
            + path
            + ": "
            + reason(cause)
            + "; make room, make it writable, or choose another place with --dir",
        cause);
  }

  /**
   * That a recording could not go on.
   *
   * @param cause says which file, and why
   */
  public static StoreException recording(IOException cause) {
    return new StoreException(
        cause.getMessage() + "; make room, or choose another place with --dir", cause);
  }

  /** That {@code path} could not be read. */
  public static StoreException reading(Path path, IOException cause) {
    return new StoreException("cannot read " + path + ": " + reason(cause), cause);
  }

  /** What went wrong with a file, in words and without its path. */
  static String reason(IOException cause) {
    String known = REASONS.get(cause.getClass());
    if (known != null) {
      return known;
    }
    if (cause instanceof FileSystemException failure && failure.getReason() != null) {
      return failure.getReason();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
