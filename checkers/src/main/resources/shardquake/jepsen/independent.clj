(ns shardquake.jepsen.independent
  "Histories of many objects, told apart by keys: values are tuples [key value],
  as Jepsen's independent generators make them."
  (:require [shardquake.jepsen.checker :as checker])
  (:import (clojure.lang MapEntry)
           (java.util.concurrent Callable ExecutorService Executors Future
                                 ThreadFactory)))

(defn tuple
  "A value with its key."
  [k v]
  (MapEntry/create k v))

(defn tuple?
  "Is this a value with its key? A history read from a file has plain vectors."
  [value]
  (and (vector? value) (= 2 (count value))))

(defn subhistories
  "The history of each key, by key, with plain values. A completion without a
  tuple goes with its invocation; whatever no client with a tuple invoked is
  left out."
  [history]
  (first
    (reduce (fn [[histories open] {:keys [process type value] :as op}]
              (let [k (if (tuple? value)
                        (nth value 0)
                        (get open process ::none))]
                (if (= ::none k)
                  [histories open]
                  [(update histories k (fnil conj [])
                           (update op :value #(if (tuple? %) (nth % 1) %)))
                   (if (= :invoke type)
                     (assoc open process k)
                     (dissoc open process))])))
            [{} {}]
            history)))

(defn- in-parallel
  "The values of functions without arguments, run on all cores."
  [fs]
  (let [factory (reify ThreadFactory
                  (newThread [_ work]
                    (doto (Thread. work "shardquake independent")
                      (.setDaemon true))))
        pool    (Executors/newFixedThreadPool
                  (.availableProcessors (Runtime/getRuntime)) factory)]
    (try
      (mapv #(.get ^Future %)
            (.invokeAll ^ExecutorService pool ^java.util.Collection fs))
      (finally
        (.shutdownNow pool)))))

(defrecord Independent [checker]
  checker/Checker
  (check [_ test history opts]
    (let [histories (subhistories history)
          results   (zipmap (keys histories)
                            (in-parallel
                              (for [history (vals histories)]
                                #(checker/check-safe checker test history
                                                     opts))))]
      {:valid?   (checker/merge-valid (map :valid? (vals results)))
       :results  results
       :failures (into [] (keep (fn [[k result]]
                                  (when (false? (:valid? result)) k)))
                       results)})))

(defn checker
  "A checker that gives each key's history to another checker."
  [checker]
  (->Independent checker))

(checker/be-jepsens Independent)
