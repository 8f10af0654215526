(ns shardquake.jepsen-test
  "Checkers as a Jepsen test uses them, without Jepsen."
  (:require [clojure.test :refer [deftest is]]
            [shardquake.jepsen.checker :as checker]
            [shardquake.jepsen.independent :as independent]
            [shardquake.knossos.model :as model])
  (:import (shardquake.jepsen.checker Linearizable)))

(def register-test
  {:name "register"
   :checker (checker/compose
              {:linear (checker/linearizable {:model (model/cas-register)})
               :wgl    (checker/linearizable {:model      (model/cas-register)
                                              :algorithm  :wgl
                                              :time-limit 10000})})})

(def stale-read
  [{:process 0, :type :invoke, :f :write, :value 1}
   {:process :nemesis, :type :info, :f :start, :value nil}
   {:process 0, :type :ok, :f :write, :value 1}
   {:process 1, :type :invoke, :f :read, :value nil}
   {:process 1, :type :ok, :f :read, :value nil}
   {:process 1, :type :invoke, :f :read, :value nil}
   {:process 1, :type :ok, :f :read, :value 0}])

(deftest checks-as-jepsen-does
  (let [result (checker/check (:checker register-test) register-test stale-read {})]
    (is (false? (:valid? result)))
    (is (false? (:valid? (:linear result))))
    (is (= (peek stale-read) (:op (:wgl result))))
    (is (true? (:valid? (checker/check (:checker register-test) register-test
                                       (pop stale-read) {}))))))

(deftest makes-what-is-thrown-unknown
  (is (= :unknown (:valid? (checker/check-safe (:checker register-test)
                                               register-test
                                               [{:process 0, :type :ok}]
                                               {})))))

(deftest asks-for-a-model
  (is (thrown-with-msg? IllegalArgumentException #"needs a :model"
        (checker/linearizable {:algorithm :wgl}))))

(def two-keys
  [{:process 0, :type :invoke, :f :write, :value (independent/tuple :x 1)}
   {:process 1, :type :invoke, :f :write, :value [:y 2]}
   {:process 0, :type :ok, :f :write, :value [:x 1]}
   {:process :nemesis, :type :info, :f :kill, :value "n1"}
   {:process 1, :type :info, :f :write, :value nil}
   {:process 0, :type :invoke, :f :cas, :value [:x [1 3]]}
   {:process 0, :type :ok, :f :cas, :value [:x [1 3]]}
   {:process 2, :type :invoke, :f :read, :value [:y nil]}
   {:process 2, :type :ok, :f :read, :value [:y 7]}])

(deftest checks-independent-histories-key-by-key
  (let [checker (independent/checker
                  (checker/linearizable {:model (model/cas-register)}))
        result  (checker/check checker {} two-keys {})]
    (is (false? (:valid? result)))
    (is (= [:y] (:failures result)))
    (is (true? (get-in result [:results :x :valid?])))
    (is (= 7 (get-in result [:results :y :op :value])))
    (is (= {:x [1 1 [1 3] [1 3]], :y [2 nil nil 7]}
           (update-vals (independent/subhistories two-keys)
                        (partial mapv :value))))))

(deftest becomes-a-checker-of-jepsens-where-there-is-one
  (try
    (binding [*ns* (create-ns 'jepsen.checker)]
      (eval '(clojure.core/defprotocol Checker (check [checker test history opts]))))
    (checker/be-jepsens Linearizable)
    (let [check (ns-resolve 'jepsen.checker 'check)]
      (is (false? (:valid? (check (checker/linearizable {:model (model/cas-register)})
                                  register-test stale-read {})))))
    (finally
      (remove-ns 'jepsen.checker))))
