//! Reads a delivery, and refuses one that is none.

/// The types of `schemas/`, made by `build.rs`.
mod types {
    include!(concat!(env!("OUT_DIR"), "/flowtypes.rs"));
}

use types::{Address, Delivery, DeliveryState};

fn main() -> Result<(), serde_json::Error> {
    let text = r#"{
        "parcel": "A-17",
        "state": "on-the-road",
        "to": {"street": "Long Lane 1", "city": "1234 Town"}
    }"#;
    let delivery: Delivery = serde_json::from_str(text)?;
    assert_eq!(delivery.state, DeliveryState::OnTheRoad);
    let Address { street, city, .. } = &delivery.to;
    println!("parcel {} goes to {street}, {city}", delivery.parcel);

    let lost = text.replace("on-the-road", "lost");
    if let Err(error) = serde_json::from_str::<Delivery>(&lost) {
        println!("refused: {error}");
    }
    println!("{}", serde_json::to_string(&delivery)?);
    Ok(())
}
