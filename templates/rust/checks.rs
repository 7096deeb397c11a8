{%- for pattern in patterns %}

support::regex! {
    {{ pattern.name }} = {{ pattern.pattern }}
}
{%- endfor %}
{%- for table in tables %}

// {{ table.doc }}{% if table.others > 0 %}, and {{ table.others }} more{% endif %}
support::check! {
    {{ table.name }} = [
{%- for rule in table.rules %}
        {{ rule }},
{%- endfor %}
    ]
}
{%- endfor %}
