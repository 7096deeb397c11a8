impl Rule {
    fn run_items(
        &self,
        items: &[serde_json::Value],
        seen: &mut Seen,
        depth: usize,
    ) -> Result<(), Invalid> {
        match self {
            Self::Items(prefix, rest) => {
                for (index, item) in items.iter().enumerate() {
                    let Some(check) = prefix.get(index).or(rest.as_ref()) else {
                        break;
                    };
                    let run = check.run_part(item, depth);
                    run.map_err(|problem| under(index, problem))?;
                    seen.add_item(index);
                }
                Ok(())
            }
            Self::ItemCount(min, max) => size(items.len(), *min, *max),
            Self::Unique => match twice(items) {
                Some((one, other)) => invalid(format!("elements {one} and {other} are equal")),
                None => Ok(()),
            },
            Self::Contains(check, min, max) => {
                let mut count = 0;
                for (index, item) in items.iter().enumerate() {
                    if check.run_part(item, depth).is_ok() {
                        seen.add_item(index);
                        count += 1;
                    }
                }
                size(count, *min, *max)
            }
            Self::UnevaluatedItems(check) => {
                for (index, item) in items.iter().enumerate() {
                    if seen.items.insert(index) {
                        let run = check.run_part(item, depth);
                        run.map_err(|problem| under(index, problem))?;
                    }
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }
}
