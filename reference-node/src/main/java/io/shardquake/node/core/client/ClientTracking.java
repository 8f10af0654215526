package io.shardquake.node.core.client;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * How a client caches keys (Redis documentation, "Client-side caching in Redis"): which of them it
 * wants to hear of, and where. Not thread-safe.
 */
public final class ClientTracking {
  /** Which keys a client hears of. */
  public enum Mode {
    /** All that it has read. */
    DEFAULT,
    /** Those that it read right after CLIENT CACHING YES. */
    OPTIN,
    /** Those that it read, but not right after CLIENT CACHING NO. */
    OPTOUT,
    /** All that begin with one of its prefixes, read or not. */
    BROADCAST
  }

  private final Mode mode;
  private final OptionalLong redirect;
  private final boolean noLoop;
  private final List<byte[]> prefixes;
  private boolean caching;
  private boolean redirectBroken;

  /**
   * A client's wishes.
   *
   * @param redirect the client that is told in its stead
   * @param noLoop whether it does not want to hear of its own changes
   * @param prefixes of the keys to broadcast; empty for all
   */
  public ClientTracking(Mode mode, OptionalLong redirect, boolean noLoop, List<byte[]> prefixes) {
    this.mode = mode;
    this.redirect = redirect;
    this.noLoop = noLoop;
    this.prefixes = new ArrayList<>(prefixes);
  }

  public Mode mode() {
    return mode;
  }

  public OptionalLong redirect() {
    return redirect;
  }

  public boolean noLoop() {
    return noLoop;
  }

  public List<byte[]> prefixes() {
    return prefixes;
  }

  /** The next request's keys are to be tracked, or not (CLIENT CACHING). */
  public void cacheNext(boolean yes) {
    this.caching = yes;
  }

  /** Whether CLIENT CACHING has just been said. */
  public boolean isCaching() {
    return caching;
  }

  /** Whether what the present request reads is to be remembered. */
  public boolean remembers() {
    return switch (mode) {
      case DEFAULT -> true;
      case OPTIN -> caching;
      case OPTOUT -> !caching;
      case BROADCAST -> false;
    };
  }

  /** The client that is to be told in this one's stead has gone. */
  public void breakRedirect() {
    this.redirectBroken = true;
  }

  public boolean isRedirectBroken() {
    return redirectBroken;
  }

  /** CLIENT CACHING holds until a request has ended that is no CLIENT command. */
  void requestEnded() {
    caching = false;
  }
}
