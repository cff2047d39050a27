// One whole application, as a person would fill it in.
export const answers = {
  first_name: 'Wanjiru',
  last_name: 'Otieno',
  email: 'wanjiru@example.org',
  institution: 'University of Nairobi',
  project_description: 'We ask which small changes of wording flip the answers of a language model in triage, and whether its own uncertainty foretells it.',
  timeline: '6 months',
  budget: 'USD 5,000',
  investigators: '2',
};

export async function fill(page, { country = 'Kenya', ...overrides } = {}) {
  for (const [key, value] of Object.entries({ ...answers, ...overrides })) await page.locator(`[name="${key}"]`).fill(value);
  await chooseCountry(page, country);
  await page.locator('input[name="research_areas"][value="robustness"]').check();
  await page.locator('input[name="model_types"][value="natural-language"]').check();
  await page.locator('input[name="accept_policy"]').check();
  await page.locator('input[name="accept_processing"]').check();
}

// The native select, or the combobox that script puts in its place.
export async function chooseCountry(page, name) {
  // By its own word: an input with suggestions is a combobox to the browser as well.
  const combobox = page.locator('input[role="combobox"]');
  if (await combobox.count() > 0) {
    await combobox.fill(name);
    await page.getByRole('option', { name, exact: true }).click();
  } else {
    await page.locator('select[name="country"]').selectOption({ label: name });
  }
}

export const submit = (page) => page.locator('button[name="_action"][value="submit"]').click();
