//! What a method is refused for, read or made in code.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests stop at what they did not expect")]

use peaceops::measure::Decimal;
use peaceops::scoring::Method;

#[test]
fn a_method_that_is_out_of_range_is_not_read() {
    for (text, wanted) in [
        (r#"{"congruence":{"coverage_floor":5}}"#, "congruence.coverage_floor 5 is not in the range 0..=1"),
        (r#"{"congruence":{"coverage_floor":-1}}"#, "congruence.coverage_floor -1 is not in the range 0..=1"),
        (r#"{"congruence":{"regional_floor":1.001}}"#, "congruence.regional_floor 1.001 is not in the range 0..=1"),
        (r#"{"windows":{"least":9}}"#, "windows.least 9 is not in the range 0..=1"),
        (r#"{"fill":{"full":1.5}}"#, "fill.full 1.5 is not in the range 0..=1"),
        (r#"{"fill":{"full":0.1,"partial":0.9}}"#, "fill.substantial (at most fill.full) 0.8 is not in the range 0..=0.1"),
        (r#"{"fill":{"partial":0.9}}"#, "fill.partial (at most fill.substantial) 0.9 is not in the range 0..=0.8"),
        (r#"{"balance":{"strong":2}}"#, "balance.strong 2 is not in the range 0..=1"),
        (r#"{"balance":{"plain":0.6}}"#, "balance.plain (at most balance.strong) 0.6 is not in the range 0..=0.5"),
        (r#"{"trend":{"step":2.5}}"#, "trend.step 2.5 is not in the range 0..=2"),
        (r#"{"consensus":{"broad":-0.2}}"#, "consensus.broad -0.2 is not in the range 0..=1"),
        (r#"{"consensus":{"partial":0.7}}"#, "consensus.partial (at most consensus.broad) 0.7 is not in the range 0..=0.6"),
        (r#"{"draws":{"draws":0}}"#, "draws.draws 0 is not positive"),
        (r#"{"draws":{"error":2}}"#, "draws.error 2 is not in the range 0..=1"),
        (r#"{"draws":{"stated":7}}"#, "draws.stated 7 is not in the range 0..=1"),
        (r#"{"draws":{"by_confidence":{"none":-1}}}"#, "draws.by_confidence.none -1 is not in the range 0..=1"),
        (r#"{"draws":{"weights":1}}"#, "draws.weights 1 is not in the range 0..=0.999"),
        (r#"{"draws":{"links":[]}}"#, "number of draws.links 0 is not in the range 1..=16"),
    ] {
        let message = serde_json::from_str::<Method>(text).unwrap_err().to_string();
        assert_eq!(message.split(" at line ").next(), Some(wanted), "{text}");
        // as a value there is no line
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::from_value::<Method>(value).unwrap_err().to_string(), wanted);
    }
    let message = |text| serde_json::from_str::<Method>(text).unwrap_err().to_string();
    assert_eq!(message(r#"{"fill":3}"#), "invalid type: integer `3`, expected struct FillRule at line 1 column 9");
    assert_eq!(message(r#"{"windows":{"most":1}}"#), "unknown field `most`, expected `least` at line 1 column 18");
}

#[test]
fn a_method_at_the_ends_of_its_ranges_is_read_and_written_back() {
    let text = r#"{"congruence":{"coverage_floor":0,"regional_floor":1},"fill":{"full":1,"substantial":1,"partial":1},
        "windows":{"least":1},"balance":{"plain":0.5},"trend":{"step":2},"consensus":{"broad":0.3},"draws":{"draws":1,"error":0}}"#;
    let method: Method = serde_json::from_str(text).unwrap();
    method.check().unwrap();
    for method in [Method::default(), method] {
        let written = serde_json::to_string(&method).unwrap();
        assert_eq!(serde_json::from_str::<Method>(&written).unwrap(), method);
    }
    assert_eq!(serde_json::from_str::<Method>("{}").unwrap(), Method::default());
}

#[test]
fn a_method_made_in_code_is_checked_when_asked() {
    let mut method = Method::default();
    method.check().unwrap();
    method.windows.least = Decimal::of_thousandths(9000);
    let error = method.check().unwrap_err();
    assert_eq!((error.code(), error.to_string().as_str()), ("out-of-range", "windows.least 9 is not in the range 0..=1"));
}
