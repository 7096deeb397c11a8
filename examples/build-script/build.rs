fn main() -> Result<(), flowtypes::Error> {
    flowtypes::Generator::new()
        .schema("schemas/delivery.json")
        .schema("schemas/address.json")
        .build_script()
}
