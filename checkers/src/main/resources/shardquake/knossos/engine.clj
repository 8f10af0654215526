(ns shardquake.knossos.engine
  "How the namespaces with Knossos's names reach the algorithms."
  (:require [shardquake.knossos.model :as model])
  (:import (io.shardquake.checkers.clojure Dialect KnossosAnalysis)
           (shardquake.knossos.model OneOf)))

(def ^:private dialect
  (Dialect. model/step
            (fn inconsistency [outcome]
              (when (model/inconsistent? outcome)
                (str (:msg outcome))))
            (fn alternatives [outcome]
              (when (instance? OneOf outcome)
                (:models outcome)))
            model/specification))

(defn analysis
  "Judges a history against a model with an algorithm: :wgl, :linear or
  :competition. Takes options: {:time-limit ms}."
  [algorithm model history opts]
  (KnossosAnalysis/analyse (name algorithm) dialect model history
                           (:time-limit opts)))
