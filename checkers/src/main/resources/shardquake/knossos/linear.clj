(ns shardquake.knossos.linear
  "Lowe's just-in-time linearization, breadth first."
  (:require [shardquake.knossos.engine :as engine]))

(defn analysis
  "Is the history linearizable with respect to the model? Returns a map:

    :valid?       true, false, or :unknown
    :analyzer     which algorithm decided
    :op           if false: the first completion that cannot be linearized
    :previous-ok  if false: the completion before it, up to which all is well
    :configs      where linearizations end: each a :model, the :last-op of one of
                  them, and the operations :pending there
    :final-paths  if false: why none of them leads on
    :why          if not true: the same in a sentence
    :cause        if :unknown: :timeout, :out-of-memory, or a sentence

  Takes options: {:time-limit ms}."
  ([model history]
   (analysis model history {}))
  ([model history opts]
   (engine/analysis :linear model history opts)))
